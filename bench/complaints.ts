/** How many complaints a second are scored on one core, beside `JSON.parse` of the same bytes in the same run. */
import { makeMarketplace } from '../src/credibility/generate/marketplace.ts'
import { openCredibility } from '../src/credibility/score.ts'
import { median, readable } from './figures.ts'

const ROUNDS = 5
const [wanted = 100_000] = process.argv.slice(2).map(Number)

const { lines, truth } = largest(wanted)
const bytes = lines.map((line) => Buffer.from(line))
const size = bytes.reduce((sum, { length }) => sum + length, 0)
console.log(
  `${readable(truth.size)} complaints in ${readable(lines.length)} lines, ${readable(size / 1e6)} MB`,
)

const rounds = Array.from({ length: ROUNDS }, () => {
  const parsed = secondsOf(() => {
    for (const line of bytes) JSON.parse(line.toString('utf8'))
  })
  const scored = secondsOf(() => {
    const credibility = openCredibility()
    for (const line of bytes) credibility.readLine(line.toString('utf8'))
    const judgement = credibility.judge()
    for (let number = 0; number < judgement.count; number++)
      JSON.stringify(judgement.scoreOf(number))
  })
  return { parsed, scored }
})
const perSecond = median(rounds.map(({ scored }) => truth.size / scored))
const ratio = median(rounds.map(({ parsed, scored }) => scored / parsed))
console.log(`scored: ${readable(perSecond)} complaints per CPU-second, from bytes to bytes`)
console.log(`JSON.parse of the same bytes takes 1, scoring takes ${readable(ratio)}`)

/** A made marketplace of about so many complaints; seeds differ in size. */
function largest(count: number) {
  for (let seed = 1; ; seed++) {
    const made = makeMarketplace(seed, { scale: count / 2500 })
    if (made.truth.size > count / 2) return made
  }
}

function secondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
