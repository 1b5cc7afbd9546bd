/** What customers see: the front, a shelf, a search, a product, a seller's shop, the basket. */
import { html, type Html } from './html.ts'
import { showGoods, showSearch } from './layout.ts'
import { isForSale, slugOf, type Category, type Listing } from './listing.ts'
import { drawPicture, toneOf } from './picture.ts'
import type { Seller } from './seller.ts'
import { count, sayDay, sayOnDay, sayPrice } from './words.ts'

const daysOfApology = 30

/** The front of the shop, with the first goods of each shelf. */
export function showFront(shelves: { category: Category; goods: Listing[] }[]): Html {
  const stocked = shelves.filter(({ goods }) => goods.length > 0)
  return html`<div class="hero">
      <h1>Good things from small shops</h1>
      <p>Clay and cotton, oak and steel. Made by people whose names are on the label.</p>
      ${showSearch()}
    </div>
    ${stocked.length === 0 && html`<p class="panel gentle">The shelves are still empty. The first goods appear here as soon as a seller adds them.</p>`}
    <div class="shelves">
      ${stocked.map(
        ({ category, goods }) =>
          html`<section
            class="shelf span-${goods.length}"
            aria-labelledby="shelf-${slugOf(category)}"
          >
            <div class="shelf-head">
              <h2 id="shelf-${slugOf(category)}">
                <a href="/shelves/${slugOf(category)}">${category}</a>
              </h2>
            </div>
            ${showGoods(goods)}
          </section>`,
      )}
    </div>`
}

/** One shelf. */
export function showShelf(category: Category, goods: Listing[]): Html {
  return html`<div class="page-head">
      <div>
        <h1>${category}</h1>
        <p>
          ${
            goods.length === 0
              ? 'Nothing stands on this shelf yet. It fills as sellers add their goods.'
              : `${count(goods.length, 'thing')} on this shelf.`
          }
        </p>
      </div>
    </div>
    ${goods.length > 0 && showGoods(goods)}`
}

/** What a search found. */
export function showResults(words: string, found: Listing[]): Html {
  return html`<h1>Search</h1>
    <div class="results-search">${showSearch(words)}</div>
    ${
      words === ''
        ? html`<p>Type what you are looking for.</p>`
        : found.length === 0
          ? html`<p class="lead">
              Nothing on our shelves speaks of “<bdi>${words}</bdi>”. Try a shorter word, or look
              through the shelves above.
            </p>`
          : html`<p class="shelf-head" role="status">
                ${count(found.length, 'thing')} for “${words}”
              </p>
              ${showGoods(found)}`
    }`
}

/** One seller's goods. */
export function showShop(seller: Seller, goods: Listing[], now: Date): Html {
  const back = seller.maySell ? sayBack(seller, 'them', now) : null
  return html`<div class="page-head">
      <div>
        <h1><bdi>${seller.name}</bdi></h1>
        <p>
          From <bdi>${seller.place}</bdi>.
          ${!seller.maySell ? '' : goods.length === 0 ? 'Nothing of it stands on our shelves just now.' : `${count(goods.length, 'thing')} on our shelves.`}
        </p>
      </div>
    </div>
    ${
      !seller.maySell &&
      html`<section class="panel">
          <h2>This seller isn’t selling at the moment</h2>
          <p>What you have already ordered is on its way.</p>
        </section>
        <br />`
    }
    ${
      back &&
      html`<section class="panel gentle">
          <h2>It’s back</h2>
          <p>
            We took this shop’s goods off our shelves ${back.story}. Sorry,
            <bdi>${seller.name}</bdi>.
          </p>
        </section>
        <br />`
    }
    ${goods.length > 0 && showGoods(goods)}`
}

/** A product: to buy, or off the shelf without a word against its seller, or back with an apology. */
export function showProduct(
  listing: Listing,
  beside: Listing[],
  {
    token,
    now,
    reportAddress = null,
  }: {
    token: string
    now: Date
    /** Where one complains of it; null where nobody takes complaints. */ reportAddress?:
      string | null
  },
): Html {
  const bullets = listing.bullets.map((point) => html`<li dir="auto">${point}</li>`)
  const details = Object.entries(listing.attributes)
  const back = backSince(listing, now)
  return html`<article class="product">
      <div class="tile ${toneOf(listing)}${!isForSale(listing) && ' off'}">
        ${drawPicture(listing)}${
          !isForSale(listing)
            ? html`<span class="ribbon">Not for sale just now</span>`
            : back && html`<span class="ribbon back">Back since ${sayDay(back.at, now)}</span>`
        }
      </div>
      <div class="about">
        <div>
          <p>
            by
            <a href="/shops/${encodeURIComponent(listing.sellerId)}"
              ><bdi>${listing.sellerName}</bdi></a
            >, <bdi>${listing.sellerPlace}</bdi>
          </p>
          <h1><bdi>${listing.title}</bdi></h1>
        </div>
        ${listing.description !== '' && html`<p class="lead" dir="auto">${listing.description}</p>`}
        ${isForSale(listing) ? showOffer(listing, token) : showAway(listing)}
        ${
          back &&
          html`<section class="panel gentle">
            <h2>It’s back</h2>
            <p>
              We took ${back.what} off our shelves ${back.story}. Sorry,
              <bdi>${listing.sellerName}</bdi>.
            </p>
          </section>`
        }
        ${
          bullets.length > 0 &&
          html`<ul class="points">
            ${bullets}
          </ul>`
        }
        ${
          (details.length > 0 || listing.brand !== '') &&
          html`<dl class="details">
            ${
              listing.brand !== '' &&
              html`<dt>Brand</dt>
                <dd dir="auto">${listing.brand}</dd>`
            }${details.map(
              ([name, value]) =>
                html`<dt dir="auto">${name}</dt>
                  <dd dir="auto">${value}</dd>`,
            )}
          </dl>`
        }
        ${
          reportAddress !== null &&
          html`<p class="hint">
            Is something wrong with it? <a href="${reportAddress}">Report this item</a>
          </p>`
        }
      </div>
    </article>
    ${
      beside.length > 0 &&
      html`<section class="shelf" aria-labelledby="beside">
        <div class="shelf-head"><h2 id="beside">On the same shelf</h2></div>
        ${showGoods(beside)}
      </section>`
    }`
}

function showOffer(listing: Listing, token: string): Html {
  return html`<p class="price">${sayPrice(listing.priceCents)}</p>
    <p>In stock, sent within two days.</p>
    <form method="post" action="/basket">
      <input type="hidden" name="token" value="${token}" /><input
        type="hidden"
        name="put"
        value="${listing.id}"
      />
      <button class="button">Put it in my basket</button>
    </form>`
}

function showAway(listing: Listing): Html {
  return html`<section class="panel">
      ${
        listing.maySell
          ? html`<h2>You can’t buy this just now</h2>
              <p>
                We are taking another look at it. That says nothing about the seller. If you have
                already ordered it, your parcel is on its way.
              </p>`
          : html`<h2>This seller isn’t selling at the moment</h2>
              <p>If you have already ordered this, your parcel is on its way.</p>`
      }
    </section>
    ${
      listing.maySell &&
      html`<p class="links">
        <a href="/shops/${encodeURIComponent(listing.sellerId)}"
          >See more from <bdi>&nbsp;${listing.sellerName}</bdi></a
        >
      </p>`
    }`
}

/** Since when it is wholly back: for sale, and to be found; whichever of it and its shop came back last. */
function backSince(listing: Listing, now: Date): (Back & { what: string }) | null {
  if (!isForSale(listing) || !listing.isSearchable) return null
  const own = sayBack(listing, 'it', now)
  const shop = sayBack({ offAt: listing.shopOffAt, backAt: listing.shopBackAt }, 'them', now)
  if (shop !== null && (own === null || shop.at > own.at))
    return { ...shop, what: 'this shop’s goods' }
  return own && { ...own, what: 'this' }
}

interface Back {
  at: Date
  story: string
}

/** When something went and came back. After a month nobody needs to be told. */
function sayBack(
  { offAt, backAt: at }: { offAt: Date | null; backAt: Date | null },
  pronoun: 'it' | 'them',
  now: Date,
): Back | null {
  if (offAt === null || at === null) return null
  if (now.getTime() - at.getTime() > daysOfApology * 86_400_000) return null
  const [left, came] = [sayOnDay(offAt, now), sayOnDay(at, now)]
  return {
    at,
    story: left === came ? `for a while ${left}` : `${left} and put ${pronoun} back ${came}`,
  }
}

export interface BasketLine {
  id: string
  count: number
  /** Null when it is no longer in the shop. */
  listing: Listing | null
}

/** The basket; what cannot be bought just now stays in it and costs nothing. */
export function showBasket(
  lines: BasketLine[],
  { token, press, note }: { token: string; press: string; note?: string | undefined },
): Html {
  const total = lines.reduce(
    (sum, { listing, count }) =>
      sum + (listing && isForSale(listing) ? listing.priceCents * count : 0),
    0,
  )
  return html`<div class="page-head">
      <div>
        <h1>${lines.length === 0 ? 'Your basket is empty' : 'Your basket'}</h1>
        ${lines.length === 0 && html`<p>What you put in it waits here, in this browser, for a month.</p>`}
      </div>
    </div>
    ${
      note !== undefined &&
      html`<p class="panel" role="status">${note}</p>
        <br />`
    }
    ${
      lines.length === 0
        ? html`<a class="button" href="/">Look at the shelves</a>`
        : html`<ul class="rows">
              ${lines.map((line) => showLine(line, token))}
            </ul>
            <p class="total"><span>Together</span><span class="amount">${sayPrice(total)}</span></p>
            ${
              total > 0 &&
              html`<form method="post" action="/orders">
                <input type="hidden" name="token" value="${token}" /><input
                  type="hidden"
                  name="press"
                  value="${press}"
                /><input type="hidden" name="seen" value="${total}" />
                <button class="button">Order for ${sayPrice(total)}</button>
              </form>`
            }
            <p class="hint">In this example shop nobody pays and nothing is sent.</p>`
    }`
}

function showLine({ id, count: many, listing }: BasketLine, token: string): Html {
  const takeOut = html`<form method="post" action="/basket">
    <input type="hidden" name="token" value="${token}" />
    <input type="hidden" name="take" value="${id}" /><button class="button quiet small">
      Take it out<span class="hidden"> ${listing?.title ?? ''}</span>
    </button>
  </form>`
  if (listing === null)
    return html`<li>
      <span class="tile sand"></span>
      <p>This is no longer in the shop.</p>
      <span></span>
      <div class="end">${takeOut}</div>
    </li>`
  const each =
    many > 1 && html`<br /><span class="hint">${many} at ${sayPrice(listing.priceCents)}</span>`
  return html`<li>
    <span class="tile ${toneOf(listing)}${!isForSale(listing) && ' off'}"
      >${drawPicture(listing)}</span
    >
    <p>
      <a class="row-title" href="/products/${encodeURIComponent(id)}"><bdi>${listing.title}</bdi></a
      ><br /><span class="hint">by <bdi>${listing.sellerName}</bdi></span>
    </p>
    <p class="amount">
      ${isForSale(listing) ? html`${sayPrice(listing.priceCents * many)}${each}` : html`<span class="tag half">Not for sale just now</span>`}
    </p>
    <div class="end">${takeOut}</div>
  </li>`
}
