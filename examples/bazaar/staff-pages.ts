/** The pages of the people who run the bazaar: signing in, and asking holders of old bank accounts. */
import { html, type Html } from './html.ts'
import type { PayoutCheck } from './payout-check.ts'

/** Signing in; the demo says how. */
export function showStaffSignIn(page: { token: string; wrong?: string; isDemo: boolean }): Html {
  const { token, wrong, isDemo } = page
  return html`<div class="narrow stack">
    <div><h1>For the people of the bazaar</h1></div>
    ${wrong !== undefined && html`<p class="panel wrong" role="alert">${wrong}</p>`}
    <form class="stack" method="post" action="/staff/sign-in">
      <input type="hidden" name="token" value="${token}" />
      <div class="field">
        <label for="password">Password of the staff</label
        ><input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="200"
        />
      </div>
      <div class="actions"><button class="button">Sign in</button></div>
    </form>
    ${isDemo && html`<p class="panel gentle">This is a demo. The password is <strong>counter</strong>.</p>`}
  </div>`
}

export interface ShownCheck extends PayoutCheck {
  sellerName: string
  words: Map<string, string>
}

/** Who is to be asked: where a cent goes with which word, and where the word is entered that came back. */
export function showPayoutChecks(page: {
  checks: ShownCheck[] | null
  token: string
  done?: string
  wrong?: string
  askedWhen: (at: string) => string
}): Html {
  const { checks, token, done, wrong, askedWhen } = page
  return html`<div class="stack">
    <div class="page-head">
      <div>
        <h1>Is it the holder of the old bank account?</h1>
        <p>
          Somebody who is shut out says that a shop is theirs. Send a cent to a bank account that
          the shop has had for long, with the word below. Whoever holds the account reads it, and
          says it to you. Nobody else is told the word.
        </p>
      </div>
    </div>
    ${done !== undefined && html`<p class="panel gentle" role="status">${done}</p>`}
    ${wrong !== undefined && html`<p class="panel wrong" role="alert">${wrong}</p>`}
    ${
      checks === null
        ? html`<p class="panel wrong" role="alert">
            Recourse cannot be asked just now. Nothing is lost; open this page again in a moment.
          </p>`
        : checks.length === 0
          ? html`<p class="panel">Nobody waits to be asked.</p>`
          : checks.map((check) => showCheck(check, { token, askedWhen }))
    }
  </div>`
}

function showCheck(
  { number, sellerName, destinations, askedAt, words }: ShownCheck,
  { token, askedWhen }: { token: string; askedWhen: (at: string) => string },
): Html {
  return html`<section class="panel" aria-labelledby="${number}">
    <h2 id="${number}">${sellerName}, claim ${number}</h2>
    <p>Asked for ${askedWhen(askedAt)}.</p>
    ${destinations.map(
      ({ id, label }) =>
        html`<form class="stack" method="post" action="/staff/payout-checks">
          <input type="hidden" name="token" value="${token}" />
          <input type="hidden" name="number" value="${number}" />
          <input type="hidden" name="destination" value="${id}" />
          <p>
            To <strong>${label ?? id}</strong> goes one cent, for
            <strong>${words.get(id) ?? ''}</strong>
          </p>
          <div class="field">
            <label for="word-${number}-${id}">The word that the holder said to you</label
            ><input
              id="word-${number}-${id}"
              name="word"
              required
              maxlength="40"
              autocomplete="off"
            />
          </div>
          <div class="actions"><button class="button">The holder confirmed it</button></div>
        </form>`,
    )}
  </section>`
}
