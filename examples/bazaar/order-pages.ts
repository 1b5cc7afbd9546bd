/** What customers see of their orders: each with where it is, and a button for when it did not come. */
import { html, type Html } from './html.ts'
import type { Listing } from './listing.ts'
import type { Order } from './order.ts'
import { drawPicture, toneOf } from './picture.ts'
import { sayOnDay, sayPrice } from './words.ts'

export interface OrderLine {
  order: Order
  listing: Listing
}

/** The orders of one browser, newest first. */
export function showOrders(
  lines: OrderLine[],
  { token, now, note }: { token: string; now: Date; note?: string | undefined },
): Html {
  return html`<div class="page-head">
      <div>
        <h1>${lines.length === 0 ? 'You have no orders yet' : 'Your orders'}</h1>
        <p>
          ${
            lines.length === 0
              ? 'What you order is kept here, in this browser, for a year.'
              : 'Orders go on to their end, also when a shop stops selling meanwhile.'
          }
        </p>
      </div>
    </div>
    ${
      note !== undefined &&
      html`<p class="panel gentle" role="status">${note}</p>
        <br />`
    }
    ${
      lines.length === 0
        ? html`<a class="button" href="/">Look at the shelves</a>`
        : html`<ul class="rows">
            ${lines.map((line) => showOrder(line, token, now))}
          </ul>`
    }`
}

function showOrder({ order, listing }: OrderLine, token: string, now: Date): Html {
  const isDisputed = order.disputedAt !== null
  return html`<li>
    <span class="tile ${toneOf(listing)}">${drawPicture(listing)}</span>
    <p>
      <a class="row-title" href="/products/${encodeURIComponent(order.listingId)}"
        ><bdi>${order.title}</bdi></a
      ><br />
      <span class="hint"
        >${order.many > 1 && `${order.many} of them, `}${sayPrice(order.cents)}, by
        <bdi>${order.sellerName}</bdi>, ordered ${sayOnDay(order.placedAt, now)}</span
      >
    </p>
    <p>${showStage(order, now)}</p>
    <form class="end" method="post" action="/orders/${encodeURIComponent(order.id)}">
      <input type="hidden" name="token" value="${token}" /><button
        class="button quiet small"
        name="arrived"
        value="${isDisputed ? 'yes' : 'no'}"
      >
        ${isDisputed ? 'It came after all' : 'I did not get it'}<span class="hidden"
          >: ${order.title}</span
        >
      </button>
    </form>
    ${isDisputed && html`<p class="row-note">You told us ${sayOnDay(order.disputedAt ?? now, now)} that it did not arrive. We have let the shop know.</p>`}
  </li>`
}

function showStage({ sentAt, disputedAt }: Order, now: Date): Html {
  if (disputedAt !== null) return html`<span class="tag half">Not arrived</span>`
  return sentAt === null
    ? html`<span class="tag">Being packed</span>`
    : html`<span class="tag">Sent ${sayOnDay(sentAt, now)}</span>`
}
