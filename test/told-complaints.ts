/** Lines of complaints as the marketplace tells them to the running system. */
import type { ToldAboutComplaints } from '../src/operations/complaint.ts'
import { worthOf, type ComplaintFact } from '../src/core/account-health.ts'
import { complaintFacts } from '../src/store/account-health.ts'
import { credibilityLines, type CredibilityLine } from '../src/store/complaint.ts'
import type { Tx } from '../src/store/db.ts'

interface Line {
  id: string
  at: string
  sellerId: string
  listingId?: string
  reporterId: string
  orderId?: string
  text?: string
  reporter?: Record<string, unknown> | null
  seller?: Record<string, unknown> & { id: string }
  order?: {
    id: string
    sellerId: string
    listingId?: string
    reporterId: string
    at: string
    delivered: boolean
  }
}

export function factsFrom(line: string): ToldAboutComplaints {
  const told = JSON.parse(line) as Line
  if (told.seller !== undefined) {
    const { id } = told.seller
    return { seller: { id, categories: list(told.seller.categories), ...traces(told.seller) } }
  }
  if (told.order !== undefined) {
    const { id, sellerId, listingId = 'some', reporterId, at, delivered } = told.order
    return {
      order: {
        ...{ id, sellerId, listingId, reporterId, at: new Date(at) },
        state: delivered ? 'delivered' : 'open',
        ...{ amount: null, currency: null, shipBy: null, soldBy: 'seller', factAt: null },
      },
    }
  }
  const reporter = told.reporter ?? {}
  return {
    complaint: {
      toldId: told.id,
      at: new Date(told.at),
      sellerId: told.sellerId,
      listingId: told.listingId ?? null,
      orderId: told.orderId ?? null,
      kind: 'other',
      text: told.text ?? `About ${told.id}.`,
      reporter: {
        ...{ id: told.reporterId, kind: 'customer', name: null, address: null },
        traces: { orders: (reporter.orders as number | undefined) ?? null, ...traces(reporter) },
      },
    },
  }
}

function traces(told: Record<string, unknown>) {
  const { createdAt } = told
  return {
    createdAt: typeof createdAt === 'string' ? new Date(createdAt) : null,
    devices: list(told.devices),
    ipPrefixes: list(told.ipPrefixes),
    paymentHashes: list(told.paymentHashes),
    addressHashes: list(told.addressHashes),
  }
}

const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])

/** All lines that are held. */
export async function linesHeld(tx: Tx): Promise<CredibilityLine[]> {
  const lines: CredibilityLine[] = []
  for await (const page of credibilityLines(tx)) lines.push(...page)
  return lines
}

/** Complaints about a seller with what is known of them, and whether they weigh against that seller. */
export async function complaintsAbout(
  tx: Tx,
  sellerId: string,
): Promise<(ComplaintFact & { counts: boolean })[]> {
  const facts = await complaintFacts(tx, sellerId, {
    since: new Date(0),
    until: new Date('2100-01-01'),
  })
  return facts.map((fact) => ({ ...fact, counts: worthOf(fact).state === 'counts' }))
}
