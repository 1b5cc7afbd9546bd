/** The address for complaints: anybody may write there, nobody’s words become a seller’s matter, and nothing is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailWorld, type MailWorld } from '../../test/mail-door.ts'
import { attachMail, openMail } from './mail-holding.ts'
import type { StaffReader } from './who.ts'

let w: MailWorld
let sam: StaffReader
beforeAll(async () => {
  w = await mailWorld()
  await w.seller('clay')
  await w.listing('lamp', 'clay', { title: 'A lamp of clay' })
  sam = { ...(await w.reviewer('Sam Ode')), roles: ['support'] }
})
afterAll(async () => w[Symbol.asyncDispose]())

const from = 'eve@elsewhere.example'
const to = 'complaints@shop.example'

const lettersTo = async (address: string) =>
  (await w.letters()).filter((letter) => letter.address === address)

test('a mail of a stranger that names a listing is a complaint at its desk, and the stranger hears number and date', async () => {
  const text = 'The lamp hums: https://shop.example/products/lamp\n\nEve, +351 912 345 678'
  const mail = await w.filed({ from, to, subject: 'A lamp', text })
  const held = await w.case(mail.case_id ?? '')
  expect(held).toMatchObject({
    kind: 'complaint',
    matter: 'matter.complaint',
    channel: 'complaints',
    desk: 'performance',
    sellerId: 'clay',
    complaint: { listingId: 'lamp', kind: 'other' },
  })
  const [opened] = await w.eventsOf(held.id)
  const said = String(opened?.detail['text'])
  expect(said).toContain('The lamp hums')
  expect(said).not.toMatch(/912|shop\.example/)
  const [receipt] = (await lettersTo(from)).slice(-1)
  expect(receipt).toMatchObject({ kind: 'case-received' })
  expect(receipt?.subject).toMatch(/^Your complaint K-\d+ is here\. Seller Performance answers by/)
})

test('a word of danger brings it to the desk that looks within hours, and a machine holds nothing on its own reading', async () => {
  const text = 'It caught fire. https://shop.example/products/lamp'
  const mail = await w.filed({ from, to, subject: 'Fire', text })
  expect(await w.case(mail.case_id ?? '')).toMatchObject({
    desk: 'safety',
    complaint: { decisionId: null },
  })
  expect(await w.measures('lamp')).toEqual([])
})

test('one that names nothing we know waits for a person, who says whom it is about and gives the seller none of it', async () => {
  const mail = await w.filed({
    from,
    to,
    subject: 'Angry',
    text: 'Your shop is terrible, says Eve.',
  })
  expect(mail).toMatchObject({ state: 'held', held_because: 'about_unknown', case_id: null })
  const answered = await w.filed({ to: 'support@shop.example', subject: 'A question of ours' })
  const { number } = await w.case(answered.case_id ?? '')
  expect(
    await attachMail(w.app, sam, { mailId: mail.id, caseNumber: `Q-${number}` }),
  ).toMatchObject({
    refusal: 'not_to_the_seller',
  })
  const opened = await openMail(w.app, sam, { mailId: mail.id, sellerId: 'clay' })
  if (!opened.ok) throw new Error(opened.refusal)
  const { caseId } = opened.value
  expect(await w.case(caseId)).toMatchObject({ kind: 'complaint', sellerId: 'clay' })
  const mine = await w.inside((tx) =>
    tx.selectFrom('mails').select(['seller_id', 'case_id']).where('id', '=', mail.id).execute(),
  )
  expect(mine).toEqual([{ seller_id: null, case_id: caseId }])
  expect(JSON.stringify(await w.eventsOf(caseId))).not.toContain(from)
})

test('one whose sender was forged opens nothing', async () => {
  const mail = await w.filed({
    from: 'clay@sellers.example',
    envelope: 'x@forged.example',
    to,
    subject: 'Lamp',
    text: 'https://shop.example/products/lamp',
  })
  expect(mail).toMatchObject({ state: 'held', held_because: 'sender_forged', case_id: null })
})
