import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../contract/client.ts'
import type { Measure } from '../core/measure.ts'
import { undoWindow } from '../core/decision.ts'
import { served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(async () => s[Symbol.asyncDispose]())

/** The stable name of the refusal that a call ends with. */
async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing was refused',
    (error: unknown) => problemOf(error)?.refusal ?? String(error),
  )
}

/** A reviewer puts a measure on an account, and its minute of undoing passes. */
async function impose(measure: Measure, sellerId: string): Promise<{ decisionId: string }> {
  const milan = await s.reviewer(`Milan-${sellerId}`)
  const asMilan = s.clientWith(await s.signIn(milan.email))
  const imposed = await asMilan.desk.imposeMeasure({
    subject: { kind: 'account', id: sellerId },
    measure,
    policy: 'masks',
    reasons: 'Orders were placed from the address that they were shipped to.',
  })
  s.advance(undoWindow + 1_000)
  await s.fireDue()
  return imposed
}

test('a session opens no account whose sign-in a measure keeps shut, and the link in the notice still does', async () => {
  const { by, sellerId } = await s.seller('locked')
  const browser = await s.signIn(by)
  const signedIn = s.clientWith(browser)
  expect((await signedIn.session.getMe()).me).toMatchObject({ kind: 'seller', sellerId })

  const { decisionId } = await impose('account.lock', sellerId)
  expect(await refusalOf(signedIn.session.getMe())).toBe('account_shut')
  expect(await refusalOf(signedIn.seller.getHome())).toBe('account_shut')
  expect(await refusalOf(signedIn.seller.getStatement({ decisionId }))).toBe('account_shut')
  expect(await refusalOf(signedIn.seller.askQuestion({ text: 'Why?' }))).toBe('account_shut')

  // In the very browser of that session, too.
  const byLink = s.clientWith({
    ...browser,
    'x-recourse-link': s.linkTo({ sellerId, decisionId }),
  })
  expect((await byLink.session.getMe()).me).toMatchObject({ kind: 'link', sellerId })
  const told = await byLink.seller.getStatement({ decisionId })
  expect(told.statement).toMatchObject({ subject: { kind: 'account' }, facts: { text: null } })
  expect((await byLink.seller.getHome()).account).toMatchObject({ signIn: false, sell: false })

  const appeal = await byLink.seller.fileAppeal({
    objections: [{ decisionId, track: 'dispute', text: 'They are gifts to our own people.' }],
  })
  expect(appeal).toMatchObject({
    title: 'Appeal for your account',
    objections: [{ measure: 'account.lock', subject: { kind: 'account' } }],
    isForwarded: false,
  })
  const written = await byLink.seller.writeInCase({ caseId: appeal.id, text: 'Here is a list.' })
  expect(written.thread.at(-1)).toMatchObject({ who: 'you', quote: 'Here is a list.' })
  expect(await refusalOf(byLink.seller.askQuestion({ text: 'And my money?' }))).toBe('not_allowed')
})

test('signing out of an account that is shut is still possible', async () => {
  const { by, sellerId } = await s.seller('leaver')
  const browser = await s.signIn(by)
  await impose('account.secure', sellerId)
  const answer = await fetch(`${s.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { ...browser, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(answer.status).toBe(200)
  expect((await s.clientWith(browser).session.getMe()).me).toEqual({ kind: 'nobody' })
})

test('who is a contact of several sellers still reads the others', async () => {
  const { by } = await s.seller('acted')
  await s.seller('free')
  await s.marketplace.facts.tellContact({
    id: 'free-too',
    sellerId: 'free',
    kind: 'email',
    address: by,
  })
  const browser = await s.signIn(by)
  await impose('account.lock', 'acted')
  expect((await s.clientWith(browser).session.getMe()).me).toMatchObject({ sellerId: 'free' })
  const wanting = (sellerId: string) =>
    s.clientWith({ ...browser, 'x-recourse-seller': sellerId }).session.getMe()
  expect((await wanting('free')).me).toMatchObject({ sellerId: 'free' })
  expect(await refusalOf(wanting('acted'))).toBe('account_shut')
})

test('a suspended seller signs in as before, and so does one whose closing still waits', async () => {
  const suspended = await s.seller('suspended')
  const closing = await s.seller('closing')
  await impose('account.suspend', suspended.sellerId)
  await impose('account.close', closing.sellerId)
  const home = await s.clientWith(await s.signIn(suspended.by)).seller.getHome()
  expect(home.account).toEqual({ signIn: true, sell: false, addListings: false })
  const before = await s.clientWith(await s.signIn(closing.by)).seller.getHome()
  expect(before.account).toEqual({ signIn: true, sell: true, addListings: true })
  expect(new Date(before.measures[0]!.since) > new Date(before.now)).toBe(true)
})

test('a link opens a question, which contests no decision, and nothing else', async () => {
  const { by, sellerId } = await s.seller('asker')
  const asked = await s
    .clientWith(await s.signIn(by))
    .seller.askQuestion({ text: 'When is my money paid out?' })
  const byLink = s.clientWith({ 'x-recourse-link': s.linkTo({ sellerId, caseId: asked.id }) })
  expect(await byLink.seller.getCase({ caseId: asked.id })).toMatchObject({
    kind: 'question',
    title: 'Question: When is my money paid out?',
    allowed: ['write', 'withdraw'],
  })
  const home = await byLink.seller.getHome()
  expect(home.cases.map(({ id }) => id)).toEqual([asked.id])
  const more = await byLink.seller.writeInCase({ caseId: asked.id, text: 'I wait since May.' })
  expect(more.thread.at(-1)?.quote).toBe('I wait since May.')
})
