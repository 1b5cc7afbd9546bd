/** What sellers see of their money: the balance, what is held of it, where it goes, and every cent that came and went. */
import type { Balance, Destination, Entry } from './balance.ts'
import { emptyDestination, labelOf } from './destination-form.ts'
import type { DestinationWrongs, TypedDestination } from './destination-form.ts'
import { html, type Html, type Part } from './html.ts'
import { heldNow, mayGoTo, payableNow } from './payout.ts'
import type { Seller } from './seller.ts'
import { sayDay, sayOnDay, sayPrice } from './words.ts'

export interface MoneyPage {
  seller: Seller
  balance: Balance
  entries: Entry[]
  recourseUrl: string | null
  token: string
  now: Date
  /** What has just been paid out. */
  paid?: Entry | undefined
  /** Why nothing was. */
  wrong?: string
  typed?: TypedDestination
  wrongs?: DestinationWrongs
}

const hiddenToken = (token: string) => html`<input type="hidden" name="token" value="${token}" />`

/** The page *Money*. */
export function showMoney(page: MoneyPage): Html {
  const { seller, balance, entries, paid, wrong, now } = page
  const held = heldNow(seller, balance, now)
  const payable = payableNow(seller, balance, now)
  return html`<div class="page-head">
      <div>
        <h1>Money</h1>
        <p>${sayBalance(seller, balance, now)}</p>
      </div>
      <div class="actions"><a class="button quiet" href="/seller">Your listings</a></div>
    </div>
    <div class="stack">
      ${wrong !== undefined && html`<p class="panel wrong" role="alert">${wrong}</p>`}
      ${paid && html`<p class="panel gentle" role="status">${sayPrice(-paid.cents)} is on its way to <bdi>${labelOf({ bank: paid.bank ?? '', iban: paid.iban ?? '' })}</bdi>.</p>`}
      <section class="panel" aria-labelledby="payout">
        <h2 class="hidden" id="payout">Pay out</h2>
        <dl class="figures">
          <div>
            <dt>In your balance</dt>
            <dd>${sayPrice(balance.cents)}</dd>
          </div>
          ${
            held &&
            html`<div>
              <dt>Held until ${sayDay(held.until, now, seller.timeZone)}</dt>
              <dd>${sayPrice(held.cents)}</dd>
            </div>`
          }
          <div>
            <dt>Can be paid out now</dt>
            <dd>${sayPrice(payable)}</dd>
          </div>
        </dl>
        ${
          balance.disputedCents > 0 &&
          html`<p>
            ${sayPrice(balance.disputedCents)} is disputed: customers say that it did not arrive. It
            stays yours, and is paid out unless it is held.
          </p>`
        }
        ${
          held &&
          html`<p>
              What is held is free by itself on that day, and what you have beyond it can be paid
              out now.
              ${held.upToCents > held.cents && `Up to ${sayPrice(held.upToCents)} is held, so the next orders count towards it.`}
            </p>
            ${whyAndContest(page)}`
        }
        ${showPayout(page, payable)}
      </section>
      ${showDestinations(page)}
      <section aria-labelledby="ledger">
        <div class="shelf-head"><h2 id="ledger">What came in and went out</h2></div>
        ${
          entries.length === 0
            ? html`<p class="panel gentle">
                Each order will stand here with its money, and each payout. There is none yet.
              </p>`
            : html`<ul class="rows plain">
                ${entries.map((entry) => showEntry(entry, page))}
              </ul>`
        }
      </section>
    </div>`
}

/** The balance in a sentence, for this page and for the seller's first one. */
export function sayBalance(seller: Seller, balance: Balance, now: Date): string {
  const held = heldNow(seller, balance, now)
  const payable = payableNow(seller, balance, now)
  if (balance.cents <= 0)
    return 'There is nothing in your balance. The next order brings something.'
  if (held === null || held.cents === 0)
    return `${sayPrice(balance.cents)} is in your balance, and none of it is held.`
  const until = sayDay(held.until, now, seller.timeZone)
  return payable === 0
    ? `${sayPrice(balance.cents)} is in your balance, and all of it is held until ${until}.`
    : `${sayPrice(balance.cents)} is in your balance. ${sayPrice(held.cents)} of it is held until ${until}, and ${sayPrice(payable)} can be paid out.`
}

function showPayout({ seller, balance, token }: MoneyPage, payable: number): Html | null {
  const open = balance.destinations.filter(({ id }) => mayGoTo(seller, id))
  if (payable === 0 || balance.destinations.length === 0) return null
  const [first] = open
  if (!first)
    return html`<p>
      Money may go to none of your accounts just now, so nothing is paid out. It stays in your
      balance.
    </p>`
  const isOne = open.length === 1
  return html`<form class="actions" method="post" action="/seller/money/payouts">
    ${hiddenToken(token)}
    ${
      isOne
        ? html`<input type="hidden" name="to" value="${first.id}" />`
        : html`<label class="hidden" for="to">Where to</label
            ><select class="inline" id="to" name="to">
              ${open.map((one) => html`<option value="${one.id}">${labelOf(one)}</option>`)}
            </select>`
    }
    <button class="button">Pay out ${sayPrice(payable)}</button>
    ${isOne && html`<span>to <bdi>${labelOf(first)}</bdi></span>`}
  </form>`
}

function showDestinations(page: MoneyPage): Html {
  const { seller, balance, token, typed = emptyDestination, wrongs = {}, now } = page
  const { destinations } = balance
  const isBarred = destinations.some(({ id }) => !mayGoTo(seller, id))
  return html`<section aria-labelledby="where">
    <div class="shelf-head"><h2 id="where">Where it goes</h2></div>
    ${
      isBarred &&
      html`<div class="panel">
        <p>
          Just now money goes only to ${openCount(seller, destinations)}. The others wait until this
          is lifted; what you have is not lost.
        </p>
        ${whyAndContest(page)}
      </div>`
    }
    ${
      destinations.length === 0
        ? html`<p>
            You have no bank account here yet. Add one, and your money can be paid out to it.
          </p>`
        : html`<ul class="rows plain">
            ${destinations.map((one) => showDestination(one, seller, token, now))}
          </ul>`
    }
    <details
      class="more"
      ${(destinations.length === 0 || Object.keys(wrongs).length > 0) && html` open`}
    >
      <summary>Add a bank account</summary>
      <form class="stack" method="post" action="/seller/money/destinations" novalidate>
        ${hiddenToken(token)}
        <div class="pair">
          ${field('bank', 'Bank', typed, wrongs)} ${field('iban', 'IBAN', typed, wrongs)}
        </div>
        <div class="actions"><button class="button small">Add it</button></div>
      </form>
    </details>
  </section>`
}

function openCount(seller: Seller, destinations: Destination[]): string {
  const open = destinations.filter(({ id }) => mayGoTo(seller, id)).length
  if (open === 0) return 'none of your accounts'
  return open === 1 ? 'one of your accounts' : `${open} of your accounts`
}

function field(
  name: keyof TypedDestination,
  label: string,
  typed: TypedDestination,
  wrongs: DestinationWrongs,
): Html {
  const wrong = wrongs[name]
  return html`<div class="field">
    <label for="${name}">${label}</label
    >${wrong !== undefined && html`<span class="wrong-words" id="${name}-wrong">${wrong}</span>`}<input
      id="${name}"
      name="${name}"
      autocomplete="off"
      value="${typed[name]}"
      ${wrong !== undefined && html` aria-invalid="true" aria-describedby="${name}-wrong"`}
    />
  </div>`
}

function showDestination(one: Destination, seller: Seller, token: string, now: Date): Html {
  return html`<li>
    <p>
      <bdi class="row-title">${one.bank}</bdi><br /><span class="hint"
        >ends in ${one.iban.slice(-4)}, added ${sayOnDay(one.addedAt, now, seller.timeZone)}</span
      >
    </p>
    <p>
      ${
        mayGoTo(seller, one.id)
          ? html`<span class="tag">Money may go here</span>`
          : html`<span class="tag half">Not just now</span>`
      }
    </p>
    <form class="end" method="post" action="/seller/money/destinations">
      ${hiddenToken(token)}<input type="hidden" name="remove" value="${one.id}" /><button
        class="button quiet small"
      >
        Remove<span class="hidden"> ${labelOf(one)}</span>
      </button>
    </form>
  </li>`
}

function showEntry(entry: Entry, { seller, token, now }: MoneyPage): Html {
  const day = sayDay(entry.at, now, seller.timeZone)
  if (entry.orderId === null)
    return html`<li>
      <p>
        <span class="row-title">Paid out</span><br /><span class="hint"
          >${day}, to
          <bdi>${labelOf({ bank: entry.bank ?? '', iban: entry.iban ?? '' })}</bdi></span
        >
      </p>
      <p></p>
      <p class="amount">− ${sayPrice(-entry.cents)}</p>
    </li>`
  return html`<li>
    <p>
      <bdi class="row-title">${entry.title}</bdi><br /><span class="hint"
        >${day}, ${entry.many === 1 ? 'one ordered' : `${entry.many ?? 0} ordered`}</span
      >
    </p>
    <div class="stages">
      ${entry.disputedAt !== null && html`<span class="tag half">Disputed</span>`}
      ${
        entry.sentAt !== null
          ? html`<span class="tag">Sent ${sayOnDay(entry.sentAt, now, seller.timeZone)}</span>`
          : html`<form method="post" action="/seller/orders/${encodeURIComponent(entry.orderId)}">
              ${hiddenToken(token)}<button class="button quiet small">
                I have sent it<span class="hidden">: ${entry.title}</span>
              </button>
            </form>`
      }
    </div>
    <p class="amount">+ ${sayPrice(entry.cents)}</p>
    ${entry.disputedAt !== null && html`<p class="row-note">The customer told us ${sayOnDay(entry.disputedAt, now, seller.timeZone)} that it did not arrive.</p>`}
  </li>`
}

const whyAndContest = ({ recourseUrl }: MoneyPage): Part =>
  recourseUrl !== null &&
  html`<p class="links"><a href="${recourseUrl}">See why, and contest it</a></p>`
