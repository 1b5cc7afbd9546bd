/** A hand-over takes a signed-in seller to Recourse: our signed word on who it is, good for a minute and once. */
import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { Database } from './database.ts'
import { html, Html } from './html.ts'
import type { Seller } from './seller.ts'

export interface HandOvers {
  /** Signs them; Recourse has the same in RECOURSE_HANDOVER_SECRET. */
  secret: string
  /** Where Recourse is found, and whom the word is for. */
  recourseUrl: string
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The word itself (a JWS by HS256); null for a seller without a contact, whom Recourse could not know. */
export async function handOverToken(
  db: Database,
  seller: Pick<Seller, 'id'>,
  { secret, recourseUrl }: HandOvers,
): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    'select id from contacts where seller_id = $1 and removed_at is null order by id limit 1',
    [seller.id],
  )
  const contact = rows[0]?.id
  if (contact === undefined) return null
  // The real time, also in a demo whose clock was moved: it is over in a minute.
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    iss: 'the-bazaar',
    aud: new URL(recourseUrl).origin,
    sub: seller.id,
    contact,
    iat,
    exp: iat + 60,
    jti: randomUUID(),
  }
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const goOn = "document.getElementById('over').submit()"

/** What the page that goes on by itself may do beside what every page may: run that line, and post there. */
export function handOverPolicy({ recourseUrl }: HandOvers): string {
  const line = createHash('sha256').update(goOn).digest('base64')
  // Recourse answers the form by sending on to a page of its own.
  return `default-src 'none'; style-src 'self'; script-src 'sha256-${line}'; form-action ${new URL(recourseUrl).origin}; base-uri 'none'; frame-ancestors 'none'`
}

/** The page between: it posts the word, so that it stands in no address; without scripts one presses the button. */
export function showHandOver(token: string, { recourseUrl }: HandOvers): Html {
  return html`<div class="narrow stack">
    <h1>Opening your account health</h1>
    <p>It is kept by Recourse, where every measure has its reasons and its appeal.</p>
    <form id="over" method="post" action="${recourseUrl}/sign-in/hand-over">
      <input type="hidden" name="token" value="${token}" />
      <button class="button">Go on</button>
    </form>
    ${script(goOn)}
  </div>`
}

/** The one script of the shop; its policy names it by its hash. */
function script(line: string): Html {
  return new Html(`<script>${line}</script>`)
}
