/** How many complaints a second are scored on one core, beside `JSON.parse` of the same bytes in the same run. */
import { makeMarketplace } from '../src/credibility/generate/marketplace.ts'
import { openCredibility } from '../src/credibility/score.ts'
import { median, readable } from './figures.ts'

const ROUNDS = 5
const [wanted = 100_000] = process.argv.slice(2).map(Number)

const { lines, complaints } = largest(wanted)
const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
console.log(
  `${readable(complaints)} complaints in ${readable(lines.length)} lines, ${readable(bytes.length / 1e6)} MB`,
)

let kept = 0
const rounds = Array.from({ length: ROUNDS }, () => {
  const parsed = secondsOf(() => {
    for (const line of linesOf(bytes)) JSON.parse(line)
  })
  const scored = secondsOf(() => {
    const credibility = openCredibility()
    for (const line of linesOf(bytes)) credibility.readLine(line)
    kept = credibility.bytes()
    const judgement = credibility.judge()
    for (let number = 0; number < judgement.count; number++) Buffer.from(judgement.lineOf(number))
  })
  return { parsed, scored }
})
const perSecond = median(rounds.map(({ scored }) => complaints / scored))
const ratio = median(rounds.map(({ parsed, scored }) => scored / parsed))
console.log(`scored: ${readable(perSecond)} complaints per CPU-second, from bytes to bytes`)
console.log(`JSON.parse of the same bytes takes 1, scoring takes ${readable(ratio)}`)
console.log(
  `kept of each complaint, with its order and names: ${readable(kept / complaints)} bytes`,
)

/** A made marketplace of about so many complaints; seeds differ in size. */
function largest(count: number) {
  for (let seed = 1; ; seed++) {
    const made = makeMarketplace(seed, { scale: count / 2500 })
    const complaints = made.truth.size
    if (complaints > 0.8 * count) return { lines: made.lines, complaints }
  }
}

function* linesOf(of: Buffer): Generator<string> {
  for (let start = 0; start < of.length;) {
    const end = of.indexOf(10, start)
    yield of.toString('utf8', start, end)
    start = end + 1
  }
}

function secondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
