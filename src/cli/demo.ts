/** The demo: people of the marketplace and a few open matters, made through the same doors as everyone uses. */
import type { Administration } from '../app.ts'
import { createClient, type Client } from '../contract/client.ts'
import type { Role } from '../core/role.ts'
import { playComplaints } from './demo-complaints.ts'

/** Who can be signed in with one click, and where they land. */
export const demoPeople = [
  {
    role: 'seller',
    email: 'ines@clayandclover.example',
    title: 'Ines Ferreira, seller, Clay & Clover',
  },
  { role: 'second-seller', email: 'maya@aloeandoak.example', title: 'Maya, seller, Aloe & Oak' },
  {
    role: 'suspended-seller',
    email: 'erik@lindqvist.example',
    title: 'Erik, seller, Lindqvist Tools, suspended',
  },
  {
    role: 'reviewer',
    email: 'milan@the-bazaar.example',
    title: 'Milan Rost, reviewer, Performance and Product safety',
  },
  {
    role: 'support',
    email: 'sam@the-bazaar.example',
    title: 'Sam Okoye, agent, Seller Support',
  },
  {
    role: 'executive',
    email: 'aiko@the-bazaar.example',
    title: 'Aiko Tanaka, executive, Executive office',
  },
  {
    role: 'identity',
    email: 'noor@the-bazaar.example',
    title: 'Noor Haddad, specialist, Identity desk',
  },
  {
    role: 'second-identity',
    email: 'tariq@the-bazaar.example',
    title: 'Tariq Mansour, specialist, Identity desk',
  },
  {
    role: 'legal',
    email: 'clara@the-bazaar.example',
    title: 'Clara Weiss, lawyer, Legal department',
  },
  {
    role: 'auditor',
    email: 'oskar@the-bazaar.example',
    title: 'Oskar Lund, auditor, who reads all and changes nothing',
  },
  {
    role: 'administrator',
    email: 'amara@the-bazaar.example',
    title: 'Amara Diallo, administrator',
  },
  {
    role: 'policy-manager',
    email: 'paula@the-bazaar.example',
    title: 'Paula Nunes, policy manager',
  },
] as const

type DemoRole = (typeof demoPeople)[number]['role']

/** What the demo's people of the marketplace are, and which desks they staff. */
const staff: Partial<Record<DemoRole, { role: Role; desks: readonly string[] }>> = {
  reviewer: { role: 'reviewer', desks: ['performance', 'safety'] },
  support: { role: 'support', desks: ['support'] },
  executive: { role: 'executive', desks: ['executive', 'safety-lead'] },
  identity: { role: 'identity-specialist', desks: ['identity', 'identity-chief'] },
  // A claim on an account takes two who do not see each other.
  'second-identity': { role: 'identity-specialist', desks: ['identity'] },
  legal: { role: 'legal', desks: ['legal'] },
  'policy-manager': { role: 'policy-manager', desks: [] },
  auditor: { role: 'auditor', desks: [] },
  administrator: { role: 'administrator', desks: [] },
}

/** Adds the people who staff the demo's desks, as far as the procedure has those; adding them again changes nothing. */
export async function addDemoStaff(
  { addStaff }: Pick<Administration, 'addStaff'>,
  desks: readonly string[],
): Promise<void> {
  for (const { role: demoRole, email, title } of demoPeople) {
    const [name = title] = title.split(',')
    const person = staff[demoRole]
    if (!person) continue
    const staffed = person.desks.filter((desk) => desks.includes(desk))
    await addStaff({ email, name, roles: [person.role], desks: staffed })
  }
}

export interface Demo {
  /** Where Recourse answers. */
  url: string
  /** What a one-click address must carry. */
  key: string
  /** The key that the shop tells facts with. */
  shopKey: string
  /** How long the shop's first facts may take to arrive and be screened, in milliseconds. */
  patience?: number
}

/**
 * Plays the first morning through the doors that everyone uses, so that every page has something real to show: with
 * the policies of the story the goods that they take down in error, with those that ship a mistake that a person makes.
 * Answers what was done, in words; an empty list when the demo was loaded before.
 */
export async function playDemo(demo: Demo): Promise<string[]> {
  const { url, key, shopKey, patience = 60_000 } = demo
  const actors: Actors = {
    ines: await signInSeller(url, { role: 'seller', key, patience }),
    erik: await signInSeller(url, { role: 'suspended-seller', key, patience }),
    maya: await signInSeller(url, { role: 'second-seller', key, patience }),
    milan: await signIn(url, { role: 'reviewer', key }),
    clara: await signIn(url, { role: 'legal', key }),
  }
  // Each seller's first question is the mark that this morning was.
  if ((await actors.maya.seller.getHome()).cases.length > 0) return []
  const paula = await signIn(url, { role: 'policy-manager', key })
  const isStory = (await paula.policies.list()).some(({ policy }) => policy.naive)
  const done = isStory ? await playStory(actors, patience) : await playToday(actors, patience)
  await actors.maya.seller.askQuestion({
    text: 'I want to sell a lip balm with camphor. Is that a cosmetic here, or do I need a number for it?',
  })
  done.push('Maya asked something, and Seller Support has it')
  done.push(...(await playSuspension(actors.clara)))
  done.push(...(await playComplaints({ url, shopKey }, actors.milan)))
  done.push(...(await prepareWords(actors.milan, await signIn(url, { role: 'support', key }))))
  return done
}

/** A few texts that the desks keep at hand, each for what it is good for, where the procedure has those desks. */
async function prepareWords(milan: Client, sam: Client): Promise<string[]> {
  const isStaffed = async (client: Client, desk: string) =>
    (await client.desk.getQueue({})).desks.some(({ name }) => name === desk)
  if (!(await isStaffed(milan, 'performance')) || !(await isStaffed(sam, 'support'))) return []
  for (const words of ofPerformance) await milan.macros.add({ desk: 'performance', ...words })
  for (const words of ofSupport) await sam.macros.add({ desk: 'support', ...words })
  return ['Milan and Sam prepared words for their desks']
}

const ofPerformance = [
  {
    use: 'ask',
    name: 'Photo of the pack',
    text: 'Is there a photo of the back of the pack of {listing}, with what it is made of and how it is used? It goes on with what there is by {answer by} at the latest.',
  },
  {
    use: 'reasons',
    name: 'Cosmetic, not protective',
    text: 'It is a cosmetic. Nothing in {listing} says that it protects anybody from anything, so “{rule}” does not speak of it. We read it too fast, and are sorry for the sales that you missed.',
  },
  {
    use: 'reasons',
    name: 'What the rule asks for',
    text: '“{rule}” asks for an approval number where goods protect people. Decision {decision} stands until one is there.',
  },
] as const

const ofSupport = [
  {
    use: 'answer',
    name: 'How an appeal goes',
    text: 'Every measure has its appeal beside it, on its page and in our mail. A person answers it; yours, {case number}, is answered by {answer by}.',
  },
  {
    use: 'forward',
    name: 'They can decide it',
    text: 'Seller Performance can decide this, and we cannot. Your date stays {answer by}.',
  },
] as const

interface Actors {
  ines: Client
  erik: Client
  maya: Client
  milan: Client
  clara: Client
}

/** Of the masks that the naive policy took down one is given back, one waits at the desk, one for its seller. */
async function playStory({ ines, milan }: Actors, patience: number): Promise<string[]> {
  const contestable = await waitFor(patience, async () => {
    const home = await ines.seller.getHome()
    return home.measures.length >= 2 ? home : null
  })
  const [first, second] = (contestable?.measures ?? []).filter((measure) =>
    measure.allowed.includes('appeal'),
  )
  const done: string[] = []
  if (first) {
    const appeal = await contest(
      ines,
      first.decisionId,
      'This is for the skin: you wear it for ten minutes and rinse it off. Nobody could breathe through it.',
    )
    await grant(
      milan,
      appeal,
      'It is a cosmetic. Nothing in the listing says that it protects anybody from anything.',
    )
    done.push(`“${first.subject.title}” was appealed, and Milan lifted the measure`)
  }
  if (second) {
    await contest(
      ines,
      second.decisionId,
      'It says “mask”, and it is one for the face in a bathroom, not in a hospital.',
    )
    done.push(`“${second.subject.title}” was appealed and waits at the desk`)
  }
  done.push(
    ...(await playAsked(ines, milan, {
      appeal: 'Nobody breathes through this one. It says what it is for on the back of the pack.',
      question:
        'Is there a photo of the back of the pack, with what it is made of and how it is used?',
    })),
  )
  return done
}

/** What the policies that ship took down: one appeal waits at the desk, one for its seller. And a person errs. */
async function playToday(
  { erik, maya, milan, clara }: Actors,
  patience: number,
): Promise<string[]> {
  const done: string[] = []
  const spray = await firstContestable(maya, patience)
  if (spray) {
    await contest(
      maya,
      spray.decisionId,
      'It is vinegar and tea tree oil, and customers know what it is for. What would the listing have to say?',
    )
    done.push(`“${spray.subject.title}” was appealed and waits at the desk`)
  }
  await firstContestable(erik, patience)
  done.push(
    ...(await playAsked(erik, milan, {
      appeal: 'They are approved; the number stands on the box that they came in.',
      question: 'Is there a photo of the box, with the approval number and the name of the maker?',
    })),
  )
  await clara.desk.imposeMeasure({
    subject: { kind: 'listing', id: mistaken },
    measure: 'listing.deactivate',
    policy: 'ppe',
    reasons: 'A filter-fine face mask without an approval number.',
    endsAt: null,
  })
  done.push('Clara took a clay mask off sale by hand, which is a mistake')
  return done
}

/** The clay mask that a person in a hurry takes for a respirator. */
const mistaken = 'kaolin-face-mask-10-sheets'

async function firstContestable(seller: Client, patience: number) {
  return waitFor(patience, async () => {
    const { measures } = await seller.seller.getHome()
    return measures.find(({ allowed }) => allowed.includes('appeal')) ?? null
  })
}

/**
 * Goes on where the first morning left off: once the minute of undoing is over, what people imposed by hand is
 * appealed. Asked `isOver`, it stops; played again it changes nothing.
 */
export async function playDemoLater(
  { url, key }: Pick<Demo, 'url' | 'key'>,
  isOver: () => boolean,
): Promise<string[]> {
  const done: string[] = []
  // It takes a minute, and somebody looks around meanwhile.
  const atLeisure = { isOver, everyMs: 2_000 }
  const ines = await signInSeller(url, { role: 'seller', key, patience: 10_000 })
  const milan = await signIn(url, { role: 'reviewer', key })
  const byHand = await waitFor(
    isOver() ? 0 : 90_000,
    async () => {
      const { measures } = await ines.seller.getHome()
      if (measures.some(({ subject }) => subject.id !== mistaken)) return 'story' as const
      return measures.find(({ subject }) => subject.id === mistaken) ?? null
    },
    atLeisure,
  )
  if (byHand !== null && byHand !== 'story' && byHand.allowed.includes('appeal')) {
    const appeal = await contest(
      ines,
      byHand.decisionId,
      'It is clay for the skin: ten minutes, then rinse. Nobody could breathe through it.',
    )
    await grant(milan, appeal, 'It is a cosmetic, and its listing says so. We read it too fast.')
    done.push(`Ines appealed “${byHand.subject.title}”, and Milan lifted the measure`)
  }
  const erik = await signInSeller(url, { role: 'suspended-seller', key, patience: 10_000 })
  const suspended = await waitFor(
    120_000,
    async () => {
      const { measures } = await erik.seller.getHome()
      return measures.find(({ measure }) => measure === 'account.suspend') ?? null
    },
    atLeisure,
  )
  if (!suspended?.allowed.includes('appeal')) return done
  await contest(
    erik,
    suspended.decisionId,
    'The respirators came from a box that a colleague entered without asking. They are gone. Everything else that we sell is tools and toys, and it is nine people’s work.',
  )
  return [...done, 'Erik appealed the suspension of Lindqvist Tools, and it waits at the desk']
}

async function grant(
  milan: Client,
  appeal: Awaited<ReturnType<typeof contest>>,
  reasons: string,
): Promise<void> {
  await milan.desk.takeCase({ caseId: appeal.id })
  await milan.desk.decideCase({
    caseId: appeal.id,
    answers: appeal.objections.map((objection) => ({
      objectionId: objection.id,
      power: 'grant',
      reasons,
    })),
  })
}

/** An appeal on which the reviewer asks before deciding, where the procedure lets the desk ask. */
async function playAsked(
  seller: Client,
  milan: Client,
  words: { appeal: string; question: string },
): Promise<string[]> {
  const measure = await firstContestable(seller, 5_000)
  if (measure === null) return []
  const appeal = await contest(seller, measure.decisionId, words.appeal)
  const held = await milan.desk.takeCase({ caseId: appeal.id })
  if (!held.allowed.includes('ask')) return []
  await milan.desk.askSeller({ caseId: appeal.id, question: words.question })
  return [`“${measure.subject.title}” was appealed; Milan asked its seller something and waits`]
}

/** An account suspended by hand, and money held where the marketplace has told that there is any. */
async function playSuspension(clara: Client): Promise<string[]> {
  const sellerId = 'lindqvist-tools'
  const found = await waitFor(5_000, async () => {
    const sellers = await clara.desk.findSellers({ search: sellerId })
    return sellers.some(({ id }) => id === sellerId) ? true : null
  })
  if (found === null) return []
  const done: string[] = []
  const monthAhead = new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString()
  await clara.desk.imposeMeasure({
    subject: { kind: 'account', id: sellerId },
    measure: 'account.suspend',
    policy: 'ppe',
    reasons:
      'Respirators without an approval number were offered, and a maker’s invoice was asked for twice without an answer.',
    endsAt: monthAhead,
  })
  done.push('The account of Lindqvist Tools was suspended by Clara')
  const known = await waitFor(5_000, async () => {
    const { balance } = await clara.desk.getSeller({ sellerId })
    return balance
  })
  if (known !== null && known.available > 0) {
    await clara.desk.imposeMeasure({
      subject: { kind: 'payouts', id: sellerId },
      measure: 'payout.hold',
      policy: 'ppe',
      reasons:
        'Whoever bought the respirators may send them back. This much is kept until the time for it is over.',
      endsAt: monthAhead,
      // Half, to the cent: what is above it is paid as before.
      amount: Math.max(0.01, Math.floor(known.available * 50) / 100),
    })
    done.push('A part of its money is held')
  }
  return done
}

function contest(seller: Client, decisionId: string, text: string) {
  return seller.seller.fileAppeal({ objections: [{ decisionId, track: 'dispute', text }] })
}

/** Signs in with one click and speaks the API as that person. */
async function signIn(
  url: string,
  { role, key }: { role: DemoRole; key: string },
): Promise<Client> {
  const cookie = await oneClick(new URL(`/dev/sign-in/${role}?key=${key}`, url))
  return createClient({ url, headers: () => ({ cookie, origin: new URL(url).origin }) })
}

/** A seller can sign in only once the shop has told whose the address is. */
async function signInSeller(
  url: string,
  { role, key, patience }: { role: DemoRole; key: string; patience: number },
): Promise<Client> {
  const known = await waitFor(patience, async () => {
    const client = await signIn(url, { role, key })
    const { me } = await client.session.getMe()
    return me.kind === 'seller' ? client : null
  })
  if (known === null) throw new Error(`sign in as ${role}: the shop has not told the address`)
  return known
}

/** Follows a one-click address as a browser would; answers the session's `cookie` header. */
export async function oneClick(address: URL): Promise<string> {
  const cookies = new Map<string, string>()
  let next: URL | null = address
  for (let hops = 0; next !== null && hops < 5; hops++) {
    const answer: Response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: cookieHeader(cookies) },
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const equals = pair.indexOf('=')
      cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    if (answer.status >= 400)
      throw new Error(`sign in at ${address.pathname}: ${answer.status} ${await answer.text()}`)
    // Read by nobody, and until it is the connection would be held open: the server could not end before it.
    await answer.body?.cancel()
    const location: string | null = answer.headers.get('location')
    next = location === null ? null : new URL(location, next)
    // The page behind it is for people; the session is there before it.
    if (next !== null && !next.pathname.startsWith('/api/') && !next.pathname.startsWith('/dev/'))
      next = null
  }
  return cookieHeader(cookies)
}

function cookieHeader(cookies: Map<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

async function waitFor<T>(
  patience: number,
  look: () => Promise<T | null>,
  { isOver = () => false, everyMs = 200 }: { isOver?: () => boolean; everyMs?: number } = {},
): Promise<T | null> {
  const end = Date.now() + patience
  while (Date.now() < end && !isOver()) {
    const seen = await look()
    if (seen !== null) return seen
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return null
}
