/** The demo: people of the marketplace and a few open matters, made through the same doors as everyone uses. */
import type { Administration } from '../app.ts'
import { createClient, type Client } from '../contract/client.ts'

/** Who can be signed in with one click, and where they land. */
export const demoPeople = [
  {
    role: 'seller',
    email: 'ines@clayandclover.example',
    title: 'Ines Ferreira, seller, Clay & Clover',
  },
  { role: 'second-seller', email: 'maya@aloeandoak.example', title: 'Maya, seller, Aloe & Oak' },
  {
    role: 'reviewer',
    email: 'milan@the-bazaar.example',
    title: 'Milan Rost, reviewer, Seller Performance',
  },
  {
    role: 'executive',
    email: 'aiko@the-bazaar.example',
    title: 'Aiko Tanaka, reviewer, Executive office and Product safety',
  },
  {
    role: 'policy-manager',
    email: 'paula@the-bazaar.example',
    title: 'Paula Nunes, policy manager',
  },
]

/** Adds the people who staff the demo's desks; adding them again changes nothing. */
export async function addDemoStaff({ addStaff }: Pick<Administration, 'addStaff'>): Promise<void> {
  await addStaff({
    email: 'milan@the-bazaar.example',
    name: 'Milan Rost',
    roles: ['reviewer'],
    desks: ['performance'],
  })
  await addStaff({
    email: 'aiko@the-bazaar.example',
    name: 'Aiko Tanaka',
    roles: ['reviewer'],
    desks: ['performance', 'executive', 'safety', 'safety-lead'],
  })
  await addStaff({
    email: 'paula@the-bazaar.example',
    name: 'Paula Nunes',
    roles: ['policy-manager'],
    desks: [],
  })
}

export interface Demo {
  /** Where Recourse answers. */
  url: string
  /** What a one-click address must carry. */
  key: string
  /** How long the shop's first facts may take to arrive and be screened, in milliseconds. */
  patience?: number
}

/**
 * Plays the first morning: the shop's listings have come in and the naive policy took some of them down;
 * one seller's appeal is granted by a reviewer, another waits at the desk. Answers what was done, in words;
 * an empty list when the demo was loaded before.
 */
export async function playDemo({ url, key, patience = 60_000 }: Demo): Promise<string[]> {
  const ines = await signIn(url, { role: 'seller', key })
  const milan = await signIn(url, { role: 'reviewer', key })
  const contestable = await waitFor(patience, async () => {
    const home = await ines.seller.getHome()
    return home.cases.length > 0 || home.measures.length >= 2 ? home : null
  })
  if (contestable === null || contestable.cases.length > 0) return []
  const [first, second] = contestable.measures.filter((measure) =>
    measure.allowed.includes('appeal'),
  )
  const done: string[] = []
  if (first) {
    const appeal = await ines.seller.fileAppeal({
      objections: [
        {
          decisionId: first.decisionId,
          track: 'dispute',
          text: 'This is for the skin: you wear it for ten minutes and rinse it off. Nobody could breathe through it.',
        },
      ],
    })
    await milan.desk.takeCase({ caseId: appeal.id })
    await milan.desk.decideCase({
      caseId: appeal.id,
      answers: appeal.objections.map((objection) => ({
        objectionId: objection.id,
        power: 'grant',
        reasons:
          'It is a cosmetic. Nothing in the listing says that it protects anybody from anything.',
      })),
    })
    done.push(`“${first.subject.title}” was appealed, and Milan lifted the measure`)
  }
  if (second) {
    await ines.seller.fileAppeal({
      objections: [
        {
          decisionId: second.decisionId,
          track: 'dispute',
          text: 'It says “mask”, and it is one for the face in a bathroom, not in a hospital.',
        },
      ],
    })
    done.push(`“${second.subject.title}” was appealed and waits at the desk`)
  }
  return done
}

/** Signs in with one click and speaks the API as that person. */
async function signIn(url: string, { role, key }: { role: string; key: string }): Promise<Client> {
  const cookie = await oneClick(new URL(`/dev/sign-in/${role}?key=${key}`, url))
  return createClient({ url, headers: () => ({ cookie, origin: new URL(url).origin }) })
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

async function waitFor<T>(patience: number, look: () => Promise<T | null>): Promise<T | null> {
  const end = Date.now() + patience
  while (Date.now() < end) {
    const seen = await look()
    if (seen !== null) return seen
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return null
}
