/** Peers are other engines, asked the same question as far as they can be asked it; each has a package that may be missing. */
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { RE2Set } from 're2js'
import { lineEngine } from './engine.ts'
import type { Engine, EngineSetup } from './engine.ts'
import { askPlainly, plainText } from './question.ts'
import type { PlainListing, PlainRule, Question, Tally } from './question.ts'
import { makeRules } from './rules.ts'

/** Finds what stands in a text and tells the tally. */
type Find = (text: string, tally: Tally, listing: PlainListing) => void | Promise<void>
type MakeFind = (question: Question) => Find | Promise<Find>

/** Bytes in, a verdict without findings out, as for ours. */
export function openPeer(
  makeFind: MakeFind,
): (setup: EngineSetup, bytes: Buffer) => Promise<Engine> {
  return async ({ rules }, bytes) => {
    if (rules === 'shipped') throw new Error('peers are asked about the rules made here only')
    const question = askPlainly(makeRules(rules))
    const find = await makeFind(question)
    const tally = question.openTally()
    const conclude = (listing: PlainListing) => {
      const outcome = tally.isFlagged(listing) ? 'review' : 'allow'
      return JSON.stringify({ id: listing.id, outcome, findings: [] })
    }
    return lineEngine(bytes, (line) => {
      const listing = JSON.parse(line) as PlainListing // lines of the bench's own corpus
      const finding = find(plainText(listing), tally, listing)
      return finding instanceof Promise ? finding.then(() => conclude(listing)) : conclude(listing)
    })
  }
}

/** Where the bench's own packages are; `npm run bench` runs everything from the project's folder. */
const home = path.join(process.cwd(), 'bench/package.json')

async function importPeer<Module>(name: string): Promise<Module> {
  const file = createRequire(home).resolve(name)
  return (await import(pathToFileURL(file).href)) as Module // the shape is what its documentation says
}

export const ahocorasick: MakeFind = async ({ patterns }) => {
  interface Module {
    default: new (words: readonly string[]) => { search(text: string): [number, string[]][] }
  }
  const { default: AhoCorasick } = await importPeer<Module>('ahocorasick')
  const automaton = new AhoCorasick(patterns)
  return (text, tally) => {
    for (const [, words] of automaton.search(text)) for (const word of words) tally.found(word)
  }
}

export const fastscan: MakeFind = async ({ patterns }) => {
  interface Module {
    default: new (words: readonly string[]) => { search(text: string): [number, string][] }
  }
  const { default: FastScanner } = await importPeer<Module>('fastscan')
  const known = new Set(patterns)
  // It trims every word, so the spaces around one are looked at afterwards.
  const scanner = new FastScanner(patterns)
  return (text, tally) => {
    for (const [at, word] of scanner.search(text)) {
      if (text[at - 1] !== ' ') continue
      if (known.has(` ${word}`)) tally.found(` ${word}`)
      if (text[at + word.length] === ' ' && known.has(` ${word} `)) tally.found(` ${word} `)
    }
  }
}

export const monyone: MakeFind = async ({ patterns }) => {
  interface Module {
    AhoCorasick: new (words: readonly string[]) => {
      matchInText(text: string): { keyword: string }[]
    }
  }
  const { AhoCorasick } = await importPeer<Module>('@monyone/aho-corasick')
  const automaton = new AhoCorasick(patterns)
  return (text, tally) => {
    for (const { keyword } of automaton.matchInText(text)) tally.found(keyword)
  }
}

export const modernAhocorasick: MakeFind = async ({ patterns }) => {
  interface Module {
    default: new (words: readonly string[]) => { search(text: string): { pattern: string }[] }
  }
  const { default: AhoCorasick } = await importPeer<Module>('modern-ahocorasick')
  const automaton = new AhoCorasick(patterns)
  return (text, tally) => {
    for (const { pattern } of automaton.search(text)) tally.found(pattern)
  }
}

/** V8's own expressions; of terms that lie across one another only the first is found. */
export const unionRegExp: MakeFind = ({ patterns }) => {
  // Plain words as alternatives, the longest first: V8 reads those much faster than anything that has more in it.
  const sorted = [...patterns]
    .sort((a, b) => b.length - a.length)
    .map((pattern) => pattern.slice(1))
  const whole = sorted.filter((pattern) => pattern.endsWith(' ')).map((pattern) => pattern.trim())
  const begun = sorted.filter((pattern) => !pattern.endsWith(' '))
  const starred = begun.length > 0 ? `|(${begun.join('|')})` : ''
  const union = new RegExp(`(?<= )(?:(?:${whole.join('|')})(?= )${starred})`, 'g')
  return (text, tally) => {
    for (const [found, beginning] of text.matchAll(union))
      tally.found(beginning === undefined ? ` ${found} ` : ` ${beginning}`)
  }
}

/** A set of expressions, one for each group of each rule, read together in linear time. */
export const re2js: MakeFind = ({ rules }) => {
  const set = new RE2Set()
  const patternOf = new Map<number, string>()
  for (const { groups } of rules)
    for (const group of groups) patternOf.set(set.add(group.join('|')), group[0] ?? '')
  set.compile()
  return (text, tally) => {
    // Any pattern of a group stands for the group.
    for (const index of set.match(text)) tally.found(patternOf.get(index) ?? '')
  }
}

interface RulesEngine {
  addRule(rule: object): void
  addOperator(name: string, holds: (fact: string, value: string) => boolean): void
  run(facts: object): Promise<{ events: { params?: { rule: number } }[] }>
}

/** One condition for each term. */
export const jsonRulesEngine: MakeFind = (question) =>
  openRulesEngine(question, (group) => ({
    any: group.map((pattern) => ({ fact: 'text', operator: 'holds', value: pattern })),
  }))

/** One condition for each group of terms: a union of them as an expression. */
export const jsonRulesEngineUnion: MakeFind = (question) =>
  openRulesEngine(question, (group) => ({
    fact: 'text',
    operator: 'matches',
    value: group.join('|'),
  }))

async function openRulesEngine(
  { rules }: Question,
  conditionOf: (group: readonly string[]) => object,
): Promise<Find> {
  const { Engine } = await importPeer<{ Engine: new () => RulesEngine }>('json-rules-engine')
  const engine = new Engine()
  const unions = new Map<string, RegExp>()
  engine.addOperator('holds', (text, pattern) => text.includes(pattern))
  engine.addOperator('begins', (text, beginning) => text.startsWith(beginning))
  engine.addOperator('matches', (text, source) => {
    const union = unions.get(source) ?? new RegExp(source)
    unions.set(source, union)
    return union.test(text)
  })
  rules.forEach(({ groups, given }, rule) => {
    const all = [...groups.map(conditionOf), ...givenCondition(given)]
    engine.addRule({ conditions: { all }, event: { type: 'found', params: { rule } } })
  })
  return async (text, tally, { category, attributes }) => {
    const { events } = await engine.run({ text, category, attributes })
    for (const { params } of events) if (params) tally.foundRule(params.rule)
  }
}

function givenCondition(given: PlainRule['given']): object[] {
  if (given === null) return []
  const { attribute, value } = given
  if (attribute === null) return [{ fact: 'category', operator: 'begins', value }]
  return [{ fact: 'attributes', path: `$.${attribute}`, operator: 'equal', value }]
}

/** A decision with one expression for each rule. */
export const zenEngine: MakeFind = async ({ rules }) => {
  interface Module {
    ZenEngine: new () => {
      createDecision(content: object): {
        evaluate(context: object): Promise<{ result: Record<string, boolean> }>
      }
    }
  }
  const { ZenEngine } = await importPeer<Module>('@gorules/zen-engine')
  const expressions = rules.map((rule, at) => ({
    id: `rule-${at}`,
    key: String(at),
    value: expressionOf(rule),
  }))
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode' },
      { id: 'rules', name: 'rules', type: 'expressionNode', content: { expressions } },
      { id: 'out', name: 'out', type: 'outputNode' },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rules' },
      { id: 'b', type: 'edge', sourceId: 'rules', targetId: 'out' },
    ],
  })
  return async (text, tally, { category, attributes }) => {
    const { result } = await decision.evaluate({ text, category, attributes })
    for (const [rule, stands] of Object.entries(result)) if (stands) tally.foundRule(Number(rule))
  }
}

function expressionOf({ groups, given }: PlainRule): string {
  const parts = groups.map((group) => `some(${JSON.stringify(group)}, contains(text, #))`)
  if (given !== null) {
    const value = JSON.stringify(given.value)
    parts.push(
      given.attribute === null
        ? `startsWith(category, ${value})`
        : `attributes.${given.attribute} == ${value}`,
    )
  }
  return parts.join(' and ')
}
