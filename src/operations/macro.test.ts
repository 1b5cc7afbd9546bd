import { expect, test } from 'vitest'
import { world, type World, valueOf } from '../../test/world.ts'
import { fileAppeal } from './appeal.ts'
import { answerCase, askSeller, decideCase, forwardCase, takeCase } from './case.ts'
import { addMacro, changeMacro, fillMacros, readMacros, removeMacro } from './macro.ts'
import { askQuestion } from './question.ts'
import type { SellerReader } from './who.ts'

async function appealed(w: World, seller: SellerReader, decisionId: string, text = 'It is clay.') {
  const objections = [{ decisionId, track: 'dispute' as const, text, remedy: null }]
  const { caseId } = valueOf(await fileAppeal(w.app, seller, { objections, fileIds: [] }, null))
  const objectionId = (await w.case(caseId)).objections[0]?.id ?? ''
  return { caseId, objectionId }
}

const canned = {
  desk: 'performance',
  use: 'reasons',
  name: 'Number',
  text: '“{rule}” asks for an approval number. Decision {decision} on {listing} stands.',
} as const

test('the people of a desk write its words, and everybody who works here reads them', async () => {
  await using w = await world()
  const milan = await w.reviewer('Milan')
  const sofia = await w.support()
  const { id } = valueOf(await addMacro(w.app, milan, canned))
  expect(await addMacro(w.app, sofia, canned)).toMatchObject({ refusal: 'not_your_desk' })
  expect(await addMacro(w.app, milan, { ...canned, name: 'NUMBER' })).toMatchObject({
    refusal: 'macro_known',
  })
  expect(await addMacro(w.app, milan, { ...canned, name: 'x', text: '{who}' })).toMatchObject({
    refusal: 'field_unknown',
  })
  const read = valueOf(await readMacros(w.app, sofia))
  expect(read.macros).toMatchObject([{ id, name: 'Number', madeByName: 'Milan' }])
  expect(read.desks.filter(({ mayWrite }) => mayWrite).map(({ name }) => name)).toEqual(['support'])
  expect(await removeMacro(w.app, sofia, id)).toMatchObject({ refusal: 'not_your_desk' })
  const { use, name, text } = canned
  const changed = valueOf(await changeMacro(w.app, milan, { macroId: id, use, text, name: 'Nr' }))
  // Somebody else was quicker.
  expect(await changeMacro(w.app, milan, { macroId: id, use, name, text })).toMatchObject({
    refusal: 'not_found',
  })
  valueOf(await removeMacro(w.app, milan, changed.id))
  expect(valueOf(await readMacros(w.app, milan)).macros).toEqual([])
})

test('a case fills the words of the desk that has it, and names what it has not', async () => {
  await using w = await world()
  const { seller, decisionId, measure } = await w.removedListing()
  const milan = await w.reviewer('Milan')
  await addMacro(w.app, milan, canned)
  await addMacro(w.app, milan, { ...canned, desk: 'support', name: 'Of support', use: 'answer' })
  const { caseId } = await appealed(w, seller, decisionId)
  const filled = valueOf(await fillMacros(w.app, milan, caseId))
  expect(filled).toMatchObject([
    {
      name: 'Number',
      text: `“Protective masks” asks for an approval number. Decision ${measure.statement.number} on Clay face mask stands.`,
      lacking: [],
    },
  ])
  const question = valueOf(
    await askQuestion(w.app, seller, { text: 'When?', fileIds: [] }, null),
  ).caseId
  expect(valueOf(await fillMacros(w.app, milan, question))).toMatchObject([
    { name: 'Of support', lacking: ['rule', 'decision', 'listing'] },
  ])
})

test('words with an unfilled field are sent by no way, whoever wrote them', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const milan = await w.reviewer('Milan')
  const { caseId, objectionId } = await appealed(w, seller, decisionId)
  valueOf(await takeCase(w.app, milan, caseId))
  const text = 'Dear {seller}, we look at it.'
  const answers = [{ objectionId, power: 'grant' as const, reasons: text }]
  const ways = [
    answerCase(w.app, milan, { caseId, text }),
    askSeller(w.app, milan, { caseId, question: text }),
    forwardCase(w.app, milan, { caseId, to: 'legal', reason: text }),
    decideCase(w.app, milan, { caseId, answers }),
  ]
  for (const refused of await Promise.all(ways))
    expect(refused).toMatchObject({
      refusal: 'field_unfilled',
      detail: expect.stringContaining('{seller}'),
    })
  expect(await w.case(caseId)).toMatchObject({ state: 'open', desk: 'performance', asks: 0 })
  valueOf(await answerCase(w.app, milan, { caseId, text: 'Write it as {"sku": 1} or {cup}.' }))
})

test('what a seller wrote is quoted, also where it reads like a field', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const milan = await w.reviewer('Milan')
  const said = 'Our label says “{listing} by {seller}”, and nobody complained.'
  const { caseId } = await appealed(w, seller, decisionId, said)
  valueOf(await takeCase(w.app, milan, caseId))
  const text = 'Your label says “{listing}”, which no customer can read.'
  valueOf(await answerCase(w.app, milan, { caseId, text }))
  const other = 'Your label says {desk}.'
  expect(await answerCase(w.app, milan, { caseId, text: other })).toMatchObject({
    refusal: 'field_unfilled',
  })
})

test('a seller is told no in words of their own case, and yes also in prepared ones', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const milan = await w.reviewer('Milan')
  const { id } = valueOf(await addMacro(w.app, milan, canned))
  const { caseId, objectionId } = await appealed(w, seller, decisionId)
  valueOf(await takeCase(w.app, milan, caseId))
  const [macro] = valueOf(await fillMacros(w.app, milan, caseId))
  const text = macro?.text ?? ''
  const decide = (power: 'grant' | 'deny', reasons: string) =>
    decideCase(w.app, milan, { caseId, answers: [{ objectionId, power, reasons }] })
  expect(await decide('deny', text)).toMatchObject({ refusal: 'prepared_words_only' })
  // Words that were taken out of use are prepared all the same.
  valueOf(await removeMacro(w.app, milan, id))
  expect(await decide('deny', `  ${text.toUpperCase()}`)).toMatchObject({
    refusal: 'prepared_words_only',
  })
  const own = `The photo shows a filter and no number on the box. ${text}`
  valueOf(await decide('deny', own))
  expect((await w.case(caseId)).objections[0]).toMatchObject({
    outcome: 'measure_stands',
    answer: own,
  })
  const second = await w.removedListing('l2')
  const again = await appealed(w, seller, second.decisionId)
  await addMacro(w.app, milan, { ...canned, text: 'It is a cosmetic.' })
  valueOf(await takeCase(w.app, milan, again.caseId))
  const answers = [
    { objectionId: again.objectionId, power: 'grant' as const, reasons: 'It is a cosmetic.' },
  ]
  valueOf(await decideCase(w.app, milan, { caseId: again.caseId, answers }))
})
