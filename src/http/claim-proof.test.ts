import { expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { problemOf } from '../contract/client.ts'
import { hashOfCode } from '../operations/claim-code.ts'
import { letterCode } from '../operations/link.ts'

const day = 86_400_000
const saved = 'ABCD-EFGH-JKMN-PQRS'
const known = 'clay@old.example'
const words = { happened: 'My telephone was stolen.', address: 'owner@elsewhere.example' }

async function owned(s: Served) {
  await s.seller()
  await s.balance('clay', 300)
  await s.owner(
    `insert into contacts (id, seller_id, kind, address, verified_at, fact_at, received_at)
     values ('old', 'clay', 'email', $1, $2, $2, $2)`,
    [known, new Date(s.app.now().getTime() - 400 * day)],
  )
  await s.owner('insert into saved_codes values ($1, $2, $3, null)', [
    known,
    hashOfCode(saved),
    new Date(s.app.now().getTime() - 100 * day),
  ])
}

async function claim(s: Served, account = 'clay') {
  const { claim: filed, code } = await s.nobody.recovery.fileClaim({ ...words, account })
  return { number: filed.number, code, as: s.clientWith({ 'x-recourse-code': code }) }
}

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => problemOf(error)?.refusal,
  )

const plain = (answer: unknown) =>
  JSON.stringify(answer).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')

test('for an account that exists and for one that does not, every proof is answered alike', async () => {
  await using s = await served()
  await owned(s)
  const answers: string[] = []
  const times: number[] = []
  for (const account of ['clay', 'no such shop']) {
    const { number, as } = await claim(s, account)
    const start = performance.now()
    const letters = await as.recovery.askProofLetters({ number })
    times.push(performance.now() - start)
    answers.push(
      plain([
        letters,
        await as.recovery.askPayoutProof({ number }),
        await refusalOf(as.recovery.proveSavedCode({ number, code: 'ZZZZ-EFGH-JKMN-PQRS' })),
        await refusalOf(as.recovery.proveContact({ number, code: 'ZZZZ-EFGH-JKMN-PQRS' })),
      ]),
    )
  }
  expect(answers[0]).toBe(answers[1])
  expect(answers[0]).toContain('proof_not_taken')
  expect(Math.min(...times)).toBeGreaterThanOrEqual(495)
})

test('from the first proof to the account, over HTTP: guessed, swapped and replayed tokens, one person twice, a thief who objects', async () => {
  await using s = await served()
  await owned(s)
  await s.reviewer('Nadia', ['identity'])
  await s.reviewer('Ines', ['identity'])
  const nadia = s.clientWith(await s.signIn('nadia@marketplace.example'))
  const ines = s.clientWith(await s.signIn('ines@marketplace.example'))
  const mine = await claim(s)
  const other = await claim(s)
  // A claim that nothing proves freezes nothing, however many there are.
  await s.fireDue()
  expect(await s.owed({ kind: 'account', id: 'clay' })).toBeNull()
  const { number } = mine
  await mine.as.recovery.proveSavedCode({ number, code: saved })
  expect(await refusalOf(mine.as.recovery.proveSavedCode({ number, code: saved }))).toBe(
    'proof_given',
  )
  expect(
    await refusalOf(other.as.recovery.proveSavedCode({ number: other.number, code: saved })),
  ).toBe('proof_not_taken')
  expect(await refusalOf(other.as.recovery.proveSavedCode({ number, code: saved }))).toBe(
    'claim_not_opened',
  )
  await s.fireDue()
  const frozen = await mine.as.recovery.getClaim({ number })
  expect(frozen.progress).toMatchObject({ isSafe: true, changes: null })
  expect(frozen.progress.sentence).toMatch(/^The account is shut to everybody until/)
  await mine.as.recovery.askProofLetters({ number })
  await s.fireDue()
  const [letter] = await s.inside((tx) => tx.selectFrom('claim_letters').selectAll().execute())
  const token = letterCode(s.config.secret, letter?.id ?? '')
  expect(
    await refusalOf(other.as.recovery.proveContact({ number: other.number, code: token })),
  ).toBe('proof_not_taken')
  await mine.as.recovery.proveContact({ number, code: token.toLowerCase() })
  await s.fireDue()
  const [waiting] = (await nadia.desk.getQueue({})).cases.filter((one) => one.number === number)
  const caseId = waiting?.id ?? ''
  // Nobody known could be told here, so that papers are needed, and each who says yes has seen them.
  const yes = { caseId, says: 'yes', identity: 'matches', reasons: 'They fit.' } as const
  expect(await refusalOf(nadia.desk.giveOpinion(yes))).toBe('document_needed')
  await nadia.desk.recordPapers({ caseId, reasons: 'Passport and face fit.' })
  await s.fireDue()
  await nadia.desk.giveOpinion(yes)
  expect(await refusalOf(nadia.desk.giveOpinion(yes))).toBe('both_parts')
  const hidden = await ines.desk.getCase({ caseId })
  expect(hidden.claim?.proving).toMatchObject({ mine: null, opinions: [], needsCare: true })
  expect(JSON.stringify(hidden)).not.toContain('They fit.')
  expect(await refusalOf(ines.desk.decideCase({ caseId, answers: [] }))).toBe('two_decide')
  await ines.desk.giveOpinion({ ...yes, reasons: 'They fit indeed.' })
  await s.fireDue()
  const agreed = await mine.as.recovery.getClaim({ number })
  expect(agreed.progress.handOverAt).not.toBeNull()
  s.advance(73 * 3_600_000)
  await s.fireDue()
  const handed = await mine.as.recovery.getClaim({ number })
  expect(handed.progress).toMatchObject({ isBound: false, allowed: ['bind'] })
  const binding = await s.inside((tx) =>
    tx
      .selectFrom('claim_letters')
      .select('id')
      .where('purpose', '=', 'binding')
      .executeTakeFirstOrThrow(),
  )
  const key = letterCode(s.config.secret, binding.id)
  expect(await refusalOf(mine.as.recovery.bindAddress({ number, token: token }))).toBe(
    'link_invalid',
  )
  expect((await mine.as.recovery.bindAddress({ number, token: key })).progress.isBound).toBe(true)
  expect(await refusalOf(mine.as.recovery.bindAddress({ number, token: key }))).toBe('link_used')
})

test('papers that are too large, empty or something else are refused, and the claim stays open', async () => {
  await using s = await served()
  const { number, as } = await claim(s)
  const file = (bytes: Uint8Array<ArrayBuffer>, name = 'papers.pdf') => new File([bytes], name)
  const pdf = new TextEncoder().encode('%PDF-1.7\n%%EOF\n')
  expect(
    await refusalOf(as.recovery.addFile({ number, file: file(new Uint8Array(11 * 1024 * 1024)) })),
  ).not.toBeNull()
  expect(await refusalOf(as.recovery.addFile({ number, file: file(new Uint8Array(0)) }))).toBe(
    'file_empty',
  )
  expect(
    await refusalOf(
      as.recovery.addFile({ number, file: file(new TextEncoder().encode('<script>')) }),
    ),
  ).toBe('file_type_refused')
  expect((await as.recovery.addFile({ number, file: file(pdf) })).name).toBe('papers.pdf')
  expect((await as.recovery.getClaim({ number })).progress.allowed).toContain('prove')
})
