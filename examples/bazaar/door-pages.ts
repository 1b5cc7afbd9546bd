/** The door to a seller's pages: signing in, and what stands there when the marketplace has shut it. */
import { html, type Html } from './html.ts'

/** Signing in; the demo says how. */
export function showSignIn(page: {
  token: string
  address?: string
  wrong?: string
  demo: { name: string; address: string }[] | null
}): Html {
  const { token, address = '', wrong, demo } = page
  return html`<div class="narrow stack">
    <div><h1>Sign in to your shop</h1></div>
    ${wrong !== undefined && html`<p class="panel wrong" role="alert" id="wrong">${wrong}</p>`}
    <form class="stack" method="post" action="/seller/sign-in">
      <input type="hidden" name="token" value="${token}" />
      <div class="field">
        <label for="address">E-mail</label
        ><input
          id="address"
          name="address"
          type="email"
          autocomplete="username"
          required
          maxlength="254"
          value="${address}"
          ${wrong !== undefined && html` aria-describedby="wrong"`}
        />
      </div>
      <div class="field">
        <label for="password">Password</label
        ><input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="200"
        />
      </div>
      ${demo && showElsewhere()}
      <div class="actions"><button class="button">Sign in</button></div>
    </form>
    ${
      demo &&
      html`<section class="panel gentle">
        <h2>This is a demo</h2>
        <p>The password of every shop is <strong>bazaar</strong>.</p>
        <ul>
          ${demo.map((shop) => html`<li>${shop.name}: ${shop.address}</li>`)}
        </ul>
      </section>`
    }
  </div>`
}

const elsewhere = { BR: 'Brazil', GB: 'Great Britain', PT: 'Portugal', SE: 'Sweden' }

/** The demo may play a thief who has the password and comes from somewhere else. */
function showElsewhere(): Html {
  return html`<div class="panel gentle" role="group" aria-labelledby="elsewhere">
    <h2 id="elsewhere">Only in this demo: as if from elsewhere</h2>
    <p>
      To play a thief who has the password, sign in from far away by a browser that was never here.
      Then change the e-mail under Account, and the bank account under Money.
    </p>
    <div class="pair">
      <div class="field">
        <label for="country">Country</label
        ><select id="country" name="country">
          <option value="">Not known</option>
          ${Object.entries(elsewhere).map(([code, name]) => html`<option value="${code}">${name}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="device">Browser</label
        ><select id="device" name="device">
          <option value="">This one</option>
          <option value="new">One that was never here</option>
        </select>
      </div>
    </div>
  </div>`
}

/**
 * What stands there instead while sign-in is shut. Whoever reads it may be the one it was shut against,
 * so it names nobody, no address and no reason: those are in the mail and behind the proofs of recovery.
 */
export function showShutDoor(recourseUrl: string | null): Html {
  return html`<div class="narrow stack">
    <div class="page-head">
      <div>
        <h1>Signing in is shut for this account</h1>
        <p>
          The marketplace has shut it for now, so nobody can come in here. Nothing that you have is
          lost, and you need not sign in here to have it opened again.
        </p>
      </div>
    </div>
    <section class="panel">
      <h2>Our mail to you says why</h2>
      <p>
        We have written to the address that you gave us. The link in that mail works without signing
        in, and leads to people who can open this again.
      </p>
    </section>
    ${
      recourseUrl !== null &&
      html`<section class="panel">
        <h2>You can’t get at that mail?</h2>
        <p>
          If the mailbox is not yours any more, or somebody else may be reading it, start here
          instead. It takes neither this account nor the mailbox.
        </p>
        <p><a class="button" href="${recourseUrl}/recovery">Start without them</a></p>
      </section>`
    }
  </div>`
}
