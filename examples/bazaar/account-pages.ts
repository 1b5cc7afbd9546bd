/** What sellers see of their account: where they are written to, how they sign in, where they are signed in, and what was changed. */
import type { ChangeKind, ToldChange } from './change.ts'
import type { Contact } from './contact.ts'
import { html, type Html } from './html.ts'
import type { Mail } from './mail.ts'
import type { SessionLine, SignedIn } from './session.ts'
import { shortestPassword } from './way-in.ts'
import { sayDay } from './words.ts'

export interface AccountPage {
  seller: SignedIn
  contacts: Contact[]
  wayIn: string
  sessions: SessionLine[]
  changes: (ToldChange & { isReturned: boolean })[]
  token: string
  now: Date
  /** What was just done. */
  done?: string | undefined
  wrong?: string | undefined
}

const hiddenToken = (token: string) => html`<input type="hidden" name="token" value="${token}" />`

/** The page *Your account*. */
export function showAccount(page: AccountPage): Html {
  const { seller, done, wrong } = page
  return html`<div class="page-head">
      <div>
        <h1>Your account</h1>
        <p>Where we write to <bdi>${seller.name}</bdi>, how you sign in, and what was changed.</p>
      </div>
      <div class="actions"><a class="button quiet" href="/seller">Your listings</a></div>
    </div>
    <div class="stack">
      ${done !== undefined && html`<p class="panel gentle" role="status">${done}</p>`}
      ${wrong !== undefined && html`<p class="panel wrong" role="alert">${wrong}</p>`}
      ${showContacts(page)} ${showWayIn(page)} ${showSessions(page)} ${showChanges(page)}
    </div>`
}

function showContacts({ contacts, token }: AccountPage): Html {
  return html`<section aria-labelledby="contacts">
    <div class="shelf-head"><h2 id="contacts">Where we write to</h2></div>
    <ul class="rows plain">
      ${contacts.map(
        ({ id, address }) =>
          html`<li>
            <p><bdi>${address}</bdi></p>
            ${
              contacts.length > 1 &&
              html`<form method="post" action="/seller/account/contacts">
                ${hiddenToken(token)}<input type="hidden" name="remove" value="${id}" /><button
                  class="button quiet small"
                >
                  Remove<span class="hidden"> ${address}</span>
                </button>
              </form>`
            }
          </li>`,
      )}
    </ul>
    <form class="actions" method="post" action="/seller/account/contacts">
      ${hiddenToken(token)}
      <div class="field">
        <label for="contact">Another e-mail</label
        ><input id="contact" name="address" type="email" required maxlength="254" />
      </div>
      <button class="button small">Add it</button>
    </form>
  </section>`
}

function showWayIn({ wayIn, token }: AccountPage): Html {
  return html`<section class="panel" aria-labelledby="way-in">
    <h2 id="way-in">How you sign in</h2>
    <form class="stack" method="post" action="/seller/account/way-in">
      ${hiddenToken(token)}
      <div class="field">
        <label for="address">E-mail</label
        ><input
          id="address"
          name="address"
          type="email"
          required
          maxlength="254"
          value="${wayIn}"
          autocomplete="username"
        />
      </div>
      <div class="pair">
        <div class="field">
          <label for="new-password">New password</label
          ><span class="hint" id="new-hint"
            >${shortestPassword} characters or more. Leave it empty to keep the one you have.</span
          ><input
            id="new-password"
            name="newPassword"
            type="password"
            maxlength="200"
            autocomplete="new-password"
            aria-describedby="new-hint"
          />
        </div>
        <div class="field">
          <label for="password">The password you have</label
          ><input
            id="password"
            name="password"
            type="password"
            required
            maxlength="200"
            autocomplete="current-password"
          />
        </div>
      </div>
      <div class="actions"><button class="button small">Change it</button></div>
    </form>
    <p class="hint">Everybody else who is signed in is signed out by this.</p>
  </section>`
}

function showSessions({ seller, sessions, token, now }: AccountPage): Html {
  return html`<section aria-labelledby="sessions">
    <div class="shelf-head"><h2 id="sessions">Where you are signed in</h2></div>
    <ul class="rows plain">
      ${sessions.map(
        ({ id, agent, country, startedAt }) =>
          html`<li>
            <p>
              ${agent || 'A browser'}${country !== null && html`, ${countryName(country)}`}<br />
              <span class="hint">since ${sayDay(startedAt, now, seller.timeZone)}</span>
            </p>
            <p>${id === seller.sessionId && html`<span class="tag">This one</span>`}</p>
          </li>`,
      )}
    </ul>
    ${
      sessions.length > 1 &&
      html`<form method="post" action="/seller/account/sessions">
        ${hiddenToken(token)}<button class="button quiet small">Sign out everywhere else</button>
      </form>`
    }
  </section>`
}

const kindWords = {
  contact: 'Where we write to',
  'payout-target': 'Where money goes',
  'sign-in': 'How one signs in',
  'listing-added': 'Listing added',
  'listing-changed': 'Listing changed',
} as const satisfies Record<ChangeKind, string>

function showChanges({ seller, changes, now }: AccountPage): Html {
  return html`<section aria-labelledby="changes">
    <div class="shelf-head"><h2 id="changes">What was changed</h2></div>
    ${
      changes.length === 0
        ? html`<p class="panel gentle">
            Each change of your account stands here with what was there before. There is none yet.
          </p>`
        : html`<ul class="rows plain">
            ${changes.map(
              ({ kind, at, before, after, isReturned }) =>
                html`<li>
                  <p>
                    ${kindWords[kind]}<br />
                    <span class="hint"
                      >${before !== null && html`<bdi>${before}</bdi>`}
                      ${before !== null && after !== null && 'became'}
                      ${after !== null && html`<bdi>${after}</bdi>`}
                      ${after === null && before !== null && 'was removed'}
                      ${before === null && after !== null && 'was added'}</span
                    >
                  </p>
                  <p>
                    ${sayDay(at, now, seller.timeZone)}
                    ${isReturned && html`<span class="tag">Put back</span>`}
                  </p>
                </li>`,
            )}
          </ul>`
    }
  </section>`
}

/** Choosing a password by the link that was sent; null for a link that is not good, or not any more. */
export function showWayInLink(
  page: { address: string; link: string; token: string; wrong?: string } | null,
): Html {
  if (page === null)
    return html`<div class="narrow stack">
      <h1>This link is not good any more</h1>
      <p>It is good once, and for three days. Ask for another where you asked for this one.</p>
    </div>`
  const { address, link, token, wrong } = page
  return html`<div class="narrow stack">
    <h1>Choose a new password</h1>
    <p>You will sign in with <bdi>${address}</bdi>. Whatever was good before lets nobody in.</p>
    ${wrong !== undefined && html`<p class="panel wrong" role="alert">${wrong}</p>`}
    <form class="stack" method="post" action="/seller/way-in/${encodeURIComponent(link)}">
      ${hiddenToken(token)}
      <div class="field">
        <label for="password">New password</label
        ><span class="hint" id="hint">${shortestPassword} characters or more.</span
        ><input
          id="password"
          name="password"
          type="password"
          required
          maxlength="200"
          autocomplete="new-password"
          aria-describedby="hint"
        />
      </div>
      <div class="actions"><button class="button">Take it</button></div>
    </form>
  </div>`
}

/** The demo's mailbox: what the bazaar wrote, because nothing here is really sent. */
export function showMails(mails: (Mail & { at: Date })[], now: Date): Html {
  return html`<div class="narrow stack">
    <div class="page-head">
      <div>
        <h1>Mail of the bazaar</h1>
        <p>This is a demo: what the bazaar writes is not sent, and stands here.</p>
      </div>
    </div>
    ${mails.length === 0 && html`<p class="panel gentle">Nothing was written yet.</p>`}
    ${mails.map(
      ({ to, subject, words, at }) =>
        html`<article class="panel">
          <h2>${subject}</h2>
          <p class="hint">to <bdi>${to}</bdi>, ${sayDay(at, now)}</p>
          ${words
            .split('\n')
            .map(
              (line) =>
                html`<p>
                  ${/^https?:\/\/\S+$/.test(line) ? html`<a href="${line}">${line}</a>` : line}
                </p>`,
            )}
        </article>`,
    )}
  </div>`
}

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })

/** A country as people call it. */
export const countryName = (code: string) => names.of(code) ?? code
