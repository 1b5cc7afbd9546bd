/** What sellers see: their listings with how they stand in the shop, and the form for one. */
import type { Balance } from './balance.ts'
import { html, type Html, type Part } from './html.ts'
import { categories, isForSale, type Listing } from './listing.ts'
import type { Field, Typed, Wrongs } from './listing-form.ts'
import { sayBalance } from './money-pages.ts'
import { drawPicture, toneOf } from './picture.ts'
import type { Seller } from './seller.ts'
import { count, sayDay, sayPrice } from './words.ts'

const hiddenToken = (token: string) => html`<input type="hidden" name="token" value="${token}" />`

export const addingShut =
  'Adding listings is shut for your shop just now. Our mail to you says why, and how to contest it. What you already have stays as it is.'

export interface SellerHome {
  seller: Seller
  own: Listing[]
  balance: Balance
  refused: { about: string; title: string | null; problem: string }[]
  /** How many of the seller's changes have waited for Recourse longer than usual. */
  late: number
  recourseUrl: string | null
  /** Whether the shop takes its sellers to Recourse signed in. */
  hasHandOver: boolean
  token: string
  now: Date
}

/** The seller's own page. */
export function showHome(home: SellerHome): Html {
  const { seller, own, refused, late, token } = home
  const forSale = own.filter(isForSale).length
  return html`<div class="page-head">
      <div>
        <h1><bdi>${seller.name}</bdi></h1>
        <p>
          ${
            own.length === 0
              ? 'You have no listings yet. Add the first one, and it stands in the shop at once.'
              : `${forSale} of your ${count(own.length, 'listing')} ${forSale === 1 ? 'is' : 'are'} for sale.`
          }
        </p>
      </div>
      <div class="actions">
        ${seller.mayAddListings && html`<a class="button" href="/seller/listings/new">Add a listing</a>`}
        <a class="button quiet" href="/seller/money">Money</a>
        <a class="button quiet" href="/seller/account">Account</a>
        <form method="post" action="/seller/sign-out">
          ${hiddenToken(token)}<button class="button quiet">Sign out</button>
        </form>
      </div>
    </div>
    <div class="stack">
      ${
        !seller.maySell &&
        html`<section class="panel">
          <h2>Your shop is not selling just now</h2>
          <p>
            Customers don’t find your listings and can’t buy them. They are kept as they are, and
            orders already placed go on. Our mail to you says why, and how to contest it.
          </p>
          ${wayToRecourse(home)}
        </section>`
      }
      ${
        !seller.mayAddListings &&
        html`<div class="panel">
          <p>${addingShut}</p>
          ${wayToRecourse(home)}
        </div>`
      }
      ${
        refused.length > 0 &&
        html`<section class="panel wrong">
          <h2>Not taken by Recourse</h2>
          <p>
            The shop shows these as you wrote them, but they could not be passed on for checking.
            Change them, and they are sent again.
          </p>
          <ul>
            ${refused.map(
              ({ title, about, problem }) =>
                html`<li><bdi>${title ?? about}</bdi>: ${problem}</li>`,
            )}
          </ul>
        </section>`
      }
      ${late > 0 && html`<p class="panel gentle" role="status">${count(late, 'change')} of yours ${late === 1 ? 'waits' : 'wait'} to be passed on to Recourse, which cannot be reached just now. Your shop goes on meanwhile, and there is nothing you need to do.</p>`}
      ${
        own.length > 0 &&
        html`<section aria-labelledby="own">
          <div class="shelf-head"><h2 id="own">Your listings</h2></div>
          <ul class="rows">
            ${own.map((listing) => showOwn(listing, home))}
          </ul>
        </section>`
      }
      ${
        home.hasHandOver &&
        html`<section class="panel gentle" aria-labelledby="health">
          <h2 id="health">Your account health</h2>
          <p>Every measure on your shop with its reasons, who has it, and how to contest it.</p>
          <p class="links">
            <a href="/seller/account-health">Open my account health at Recourse</a>
          </p>
        </section>`
      }
      <section class="panel gentle" aria-labelledby="money">
        <h2 id="money">Your money</h2>
        <p>${sayBalance(seller, home.balance, home.now)}</p>
        <p class="links"><a href="/seller/money">See your money</a></p>
      </section>
    </div>`
}

function showOwn(listing: Listing, { seller, recourseUrl, now }: SellerHome): Html {
  const stand = standing(listing)
  return html`<li>
    <span class="tile ${toneOf(listing)}${!isForSale(listing) && ' off'}"
      >${drawPicture(listing)}</span
    >
    <p>
      <a class="row-title" href="/seller/listings/${encodeURIComponent(listing.id)}"
        ><bdi>${listing.title}</bdi></a
      ><br />
      <span class="hint"
        >${sayPrice(listing.priceCents)}, ${listing.category}, changed
        ${sayDay(listing.updatedAt, now, seller.timeZone)}</span
      >
    </p>
    <p><span class="tag ${stand.tone}">${stand.words}</span></p>
    <p class="links end">
      <a href="/seller/listings/${encodeURIComponent(listing.id)}"
        >Edit<span class="hidden"> ${listing.title}</span></a
      ><a href="/products/${encodeURIComponent(listing.id)}"
        >See it<span class="hidden">: ${listing.title}</span></a
      >
    </p>
    ${stand.note !== null && html`<p class="row-note">${stand.note} ${recourseUrl !== null && html`<a href="${recourseUrl}">See why, and contest it</a>`}</p>`}
  </li>`
}

/** How a listing stands in the shop, in words for its seller. */
function standing(listing: Listing): {
  tone: '' | 'shut' | 'half'
  words: string
  note: string | null
} {
  if (!listing.isOffered)
    return {
      tone: 'shut',
      words: 'Off sale',
      note: 'Customers can’t buy this just now. Our mail to you says why, and how to contest it.',
    }
  if (!listing.maySell) return { tone: 'shut', words: 'Off sale', note: null }
  if (!listing.isSearchable)
    return {
      tone: 'half',
      words: 'Not in search',
      note: 'It is for sale on its own page, but not on the shelves or in search. Our mail to you says why.',
    }
  return { tone: '', words: 'For sale', note: null }
}

const wayToRecourse = ({ recourseUrl }: SellerHome): Part =>
  recourseUrl !== null &&
  html`<p class="links"><a href="${recourseUrl}">See why, and contest it</a></p>`

/** The form for a new or an existing listing. */
export function showForm(form: {
  id: string | null
  typed: Typed
  wrongs: Wrongs
  token: string
  note?: string
}): Html {
  const { id, typed, wrongs, token, note } = form
  const wrongCount = Object.keys(wrongs).length
  const about = (field: Field, hint: Part) =>
    html`${hint && html`<span class="hint" id="${field}-hint">${hint}</span>`}
    ${wrongs[field] !== undefined && html`<span class="wrong-words" id="${field}-wrong">${wrongs[field]}</span>`}`
  const marks = (field: Field, hasHint: boolean) => {
    const ids = [
      hasHint && `${field}-hint`,
      wrongs[field] !== undefined && `${field}-wrong`,
    ].filter(Boolean)
    return html`id="${field}"
    name="${field}"${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${wrongs[field] !== undefined && html` aria-invalid="true"`}`
  }
  // The first line end after <textarea> is swallowed by the browser, so one is given to it.
  const area = (field: Field, rows: number, hasHint: boolean) =>
    html`<textarea ${marks(field, hasHint)} rows="${rows}">${typed[field]}</textarea>`

  return html`<div class="narrow stack">
    <h1>${id === null ? 'Add a listing' : 'Edit your listing'}</h1>
    ${note !== undefined && html`<p class="panel wrong" role="alert">${note}</p>`}
    ${wrongCount > 0 && html`<p class="panel wrong" role="alert">${wrongCount === 1 ? 'One field needs' : `${wrongCount} fields need`} another look. Nothing you typed is lost.</p>`}
    <form
      class="stack"
      method="post"
      action="/seller/listings/${id === null ? 'new' : encodeURIComponent(id)}"
      novalidate
    >
      ${hiddenToken(token)}
      <div class="field">
        <label for="title">Title</label>${about('title', null)}<input
          ${marks('title', false)}
          value="${typed.title}"
          required
        />
      </div>
      <div class="field">
        <label for="description">Description</label
        >${about('description', null)}${area('description', 5, false)}
      </div>
      <div class="field">
        <label for="bullets">Good to know</label
        >${about('bullets', 'One point a line, up to ten.')}${area('bullets', 4, true)}
      </div>
      <div class="pair">
        <div class="field">
          <label for="category">Shelf</label>${about('category', null)}<select
            ${marks('category', false)}
            required
          >
            <option value="">Choose one</option>
            ${categories.map((category) => html`<option${category === typed.category && html` selected`}>${category}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="price">Price in euros</label>${about('price', null)}<input
            ${marks('price', false)}
            value="${typed.price}"
            inputmode="decimal"
            required
          />
        </div>
      </div>
      <div class="field">
        <label for="brand">Brand</label>${about('brand', null)}<input
          ${marks('brand', false)}
          value="${typed.brand}"
        />
      </div>
      <div class="field">
        <label for="attributes">Details</label
        >${about('attributes', 'One a line, such as “material: silk”.')}${area('attributes', 4, true)}
      </div>
      <div class="actions">
        <button class="button">${id === null ? 'Put it in the shop' : 'Save'}</button
        ><a class="button quiet" href="/seller">Back</a>
      </div>
    </form>
  </div>`
}
