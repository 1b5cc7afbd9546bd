/** Complaints whose every field was written by somebody hostile, and the ring that some of them make. */
import type { Client } from '../../src/contract/client.ts'
import { tellComplaints } from '../../src/operations/complaint.ts'
import { weighSome } from '../../src/operations/weighing.ts'
import { crowd, puppets, seller } from '../complaints.ts'
import type { Served } from '../served.ts'
import { factsFrom } from '../told-complaints.ts'
import { marketplace } from '../world.ts'

/** What of them there is to open. */
export interface Complained {
  report: { number: string; code: string } | null
  ringId: string | null
  caseIds: string[]
}

/** How many fields are filled. */
export const complaintFields = 3 + 4 * 5

/** One complaint by the public form, and puppets who share a thing with a rival of the seller, until people can see a ring. */
export async function complain(
  s: Served,
  desk: Client,
  { short, nextFew }: { short: string; nextFew: (room: number) => string },
): Promise<Complained> {
  const filed = await s.nobody.report.file({
    where: 'l1',
    kind: 'other',
    text: nextFew(9_000),
    name: short.slice(0, 200),
    address: 'reporter@customers.example',
  })
  const thing = `thing ${short}`.slice(0, 200)
  const lines = [
    ...crowd(5),
    seller({ id: 'clay', categories: ['masks'] }),
    seller({ id: 'rival', categories: ['masks'], devices: [thing] }),
    ...puppets(5, (at) => ({ devices: [thing], addressHashes: [`${at} ${thing}`] })).map((line) => {
      const told = JSON.parse(line) as Record<string, unknown>
      const text = `${String(told['text'])} ${short} ${nextFew(2_000)}`
      return JSON.stringify({ ...told, text, sellerId: 'clay', listingId: 'l1' })
    }),
  ]
  for (const told of await tellComplaints(s.app, marketplace, lines.map(factsFrom)))
    if (!told.ok) throw new Error(`tell a complaint: ${told.refusal}`)
  while (await weighSome(s.app));
  const ringId = (await desk.rings.list()).rings[0]?.id ?? null
  const ring = ringId === null ? null : await desk.rings.get({ ringId })
  const first = ring?.members[0]
  if (ring && first)
    await desk.rings.prune({
      ringId: ring.id,
      reporterId: first.reporterId,
      reasons: nextFew(3_900),
    })
  return {
    report: filed.code === null ? null : { number: filed.number, code: filed.code },
    ringId,
    caseIds: ring?.complaints.slice(0, 1).map(({ caseId }) => caseId) ?? [],
  }
}
