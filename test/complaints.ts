/** Complaints as tests file them: only what matters is said, the rest is as of any honest customer. */
import { openCredibility } from '../src/credibility/score.ts'

const DAY = 86_400_000
export const noon = Date.UTC(2026, 10, 2, 12)
export const onDay = (day: number) => new Date(noon + day * DAY).toISOString()

export interface Filed {
  id: string
  at?: string
  sellerId?: string
  reporterId?: string
  listingId?: string
  orderId?: string
  kind?: string
  text?: string
  reporter?: Record<string, unknown> | null
}

export const complaint = (filed: Filed): string =>
  JSON.stringify({ at: onDay(0), sellerId: 's', reporterId: `r-${filed.id}`, ...filed })

export const order = (of: Record<string, unknown>): string =>
  JSON.stringify({ order: { at: onDay(-10), sellerId: 's', delivered: true, ...of } })

export const seller = (of: Record<string, unknown>): string => JSON.stringify({ seller: of })

/** Strangers who complain about many sellers, each with a delivered order: what is usual. */
export function crowd(count: number, { sellers = 12 }: { sellers?: number } = {}): string[] {
  return Array.from({ length: count }, (_, at) => {
    const [id, sellerId] = [`crowd-${at}`, `shop-${at % sellers}`]
    return [
      order({ id: `o-${id}`, sellerId, reporterId: `r-${id}` }),
      complaint({
        ...{ id, sellerId, orderId: `o-${id}`, at: onDay(-60 + ((at * 7) % 90)) },
        text: `${words[at % 19]} ${words[(at * 7) % 23]} ${words[(at * 5) % 29]} broke when ${words[(at * 11) % 31]} met ${words[(at * 3) % 17]} near ${words[(at * 13) % 37]}`,
        reporter: customer(id, at),
      }),
    ]
  }).flat()
}

export const customer = (id: string, at: number) => ({
  createdAt: onDay(-400 - ((at * 37) % 900)),
  orders: 6 + (at % 20),
  devices: [`device-${id}`],
  ipPrefixes: [at % 3 === 0 ? 'carrier' : `net-${id}`],
  paymentHashes: [`card-${id}`],
  addressHashes: [`home-${id}`],
})

const words =
  'kettle lamp drill cable jacket mixer fan heater scale router headset keyboard tent saw pump clock wallet blanket knife toaster shelf chair rug mirror garden river window button summer parcel winter letter corner market butter silver yellow'.split(
    ' ',
  )

/** Empty accounts of one week that say one thing about one seller within days. */
export function puppets(count: number, of: (at: number) => Record<string, unknown> = () => ({})) {
  return Array.from({ length: count }, (_, at) =>
    complaint({
      ...{ id: `puppet-${at}`, sellerId: 'victim', at: onDay(1 + (at % 3) / 2) },
      text: `This seller ships fakes with forged labels and everybody should ${['really', 'surely', 'now'][at % 3]} know about it`,
      reporter: {
        ...{ createdAt: onDay(-3 + (at % 4) / 2), orders: 0 },
        ...{ devices: [`own-${at}`], ipPrefixes: [`own-${at}`] },
        ...of(at),
      },
    }),
  )
}

export function judge(lines: readonly string[]) {
  const credibility = openCredibility()
  for (const line of lines) credibility.readLine(line)
  const judgement = credibility.judge()
  const scores = Array.from({ length: judgement.count }, (_, at) => judgement.scoreOf(at))
  return {
    scores,
    rings: judgement.rings,
    scoreOf: (id: string) => scores.find((score) => score.id === id)!,
  }
}
