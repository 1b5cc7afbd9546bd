import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailWorld, type MailWorld } from '../../test/mail-door.ts'
import { attachMail, openMail, readHeldMail, settleMail } from './mail-holding.ts'
import type { StaffReader } from './who.ts'

let w: MailWorld
let sam: StaffReader
beforeAll(async () => {
  w = await mailWorld()
  await w.seller('clay')
  sam = { ...(await w.reviewer('Sam Ode')), roles: ['support'] }
})
afterAll(async () => w[Symbol.asyncDispose]())

describe('a mail that waits', () => {
  test('goes under the name of a person into a case, with its files, and its sender hears nothing of the case', async () => {
    const { caseId, number } = await question()
    const mail = await w.filed({
      from: 'eve@elsewhere.example',
      raw: 'From: eve@elsewhere.example\r\nMessage-ID: <f@x>\r\nSubject: Photo\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe photo.\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=note.txt\r\n\r\nhello\r\n--b--',
    })
    const before = (await w.letters()).length
    expect(await attachMail(w.app, sam, { mailId: mail.id, caseNumber: `Q-${number}` })).toEqual({
      ok: true,
      value: { caseId },
    })
    const mailed = (await w.eventsOf(caseId)).find(({ kind }) => kind === 'case.mailed')
    expect(mailed).toMatchObject({ by: sam.id, detail: { from: 'eve@elsewhere.example' } })
    const files = await w.inside((tx) =>
      tx.selectFrom('files').select(['name', 'seller_id']).where('case_id', '=', caseId).execute(),
    )
    expect(files).toEqual([{ name: 'note.txt', seller_id: 'clay' }])
    const told = (await w.letters()).slice(before)
    expect(told).toMatchObject([{ kind: 'mail-settled', address: 'eve@elsewhere.example' }])
    expect(JSON.stringify(told[0]!.body) + told[0]!.subject).not.toMatch(/clay|Q-\d/)
    expect(
      await attachMail(w.app, sam, { mailId: mail.id, caseNumber: `Q-${number}` }),
    ).toMatchObject({
      refusal: 'wrong_state',
    })
  })

  test('opens a case of the seller whom a person names', async () => {
    const mail = await w.filed({ from: 'eve@elsewhere.example', to: 'legal@shop.example' })
    const opened = await openMail(w.app, sam, { mailId: mail.id, sellerId: 'clay' })
    if (!opened.ok) throw new Error(opened.refusal)
    expect(await w.case(opened.value.caseId)).toMatchObject({ kind: 'letter', desk: 'legal' })
  })

  test('is answered with a reason, and a reason there must be', async () => {
    const mail = await w.filed({ from: 'eve@elsewhere.example' })
    expect(await settleMail(w.app, sam, { mailId: mail.id, reason: ' ' })).toMatchObject({
      refusal: 'reasons_missing',
    })
    expect((await settleMail(w.app, sam, { mailId: mail.id, reason: 'It is an advert.' })).ok).toBe(
      true,
    )
    const [settled] = (await w.letters()).filter(({ kind }) => kind === 'mail-settled').slice(-1)
    expect(JSON.stringify(settled!.body)).toContain('It is an advert.')
  })

  test('is read by who sorts mail and by auditors, and settled by no auditor', async () => {
    const mail = await w.filed({ from: 'eve@elsewhere.example' })
    const auditor: StaffReader = { ...sam, roles: ['auditor'] }
    const found = await readHeldMail(w.app, auditor)
    expect(found.ok && found.value).toMatchObject({
      maySort: false,
      held: [{ mail: { id: mail.id } }],
    })
    expect(await settleMail(w.app, auditor, { mailId: mail.id, reason: 'No.' })).toMatchObject({
      refusal: 'not_allowed',
    })
    const manager: StaffReader = { ...sam, roles: ['policy-manager'] }
    expect(await readHeldMail(w.app, manager)).toMatchObject({ refusal: 'not_allowed' })
  })
})

async function question(): Promise<{ caseId: string; number: number }> {
  const mail = await w.filed({ to: 'support@shop.example', subject: `Asked ${Math.random()}` })
  const held = await w.case(mail.case_id!)
  return { caseId: held.id, number: held.number }
}
