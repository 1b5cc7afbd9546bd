/** The layout is what every page of the bazaar has: awning, shelves, basket, footer. */
import { html, type Html, type Part } from './html.ts'
import { categories, isForSale, slugOf, type Listing } from './listing.ts'
import { drawPicture, toneOf } from './picture.ts'
import { sayPrice } from './words.ts'

export interface Page {
  /** What the browser's tab says; the shop's name is added. */
  title: string
  body: Part
  basketCount: number
  /** The shelf that is being looked at. */
  shelf?: string
}

/** A whole page. */
export function layOut({ title, body, basketCount, shelf }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · the bazaar</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the goods</a>
        <header>
          <div class="frame">
            <a class="brand" href="/">the bazaar<span>.</span></a>
            <nav aria-label="Shelves">
              <ul>
                ${categories.map(
                  (category) =>
                    html`<li>
                      <a
                        href="/shelves/${slugOf(category)}"
                        ${category === shelf && html` aria-current="page"`}
                        >${category}</a
                      >
                    </li>`,
                )}
              </ul>
            </nav>
            <a class="basket-link" href="/basket">Basket (${basketCount})</a>
          </div>
        </header>
        <main id="content" tabindex="-1"><div class="frame">${body}</div></main>
        <footer>
          <div class="frame">
            <p>A small example shop. Nothing here is really for sale.</p>
            <p class="links"><a href="/orders">Your orders</a><a href="/seller">For sellers</a></p>
          </div>
        </footer>
      </body>
    </html> `
  return page.text
}

/** A row of goods to look at. */
export function showGoods(goods: Listing[]): Html {
  return html`<ul class="goods">
    ${goods.map(
      (one) =>
        html`<li>
          <a class="card" href="/products/${encodeURIComponent(one.id)}">
            <span class="tile ${toneOf(one)}${!isForSale(one) && ' off'}"
              >${drawPicture(one)}${!isForSale(one) && html`<span class="ribbon">Not for sale just now</span>`}</span
            >
            <span class="card-title"><bdi>${one.title}</bdi></span>
            ${isForSale(one) ? html`<span>${sayPrice(one.priceCents)}</span>` : html`<span class="card-by">by <bdi>${one.sellerName}</bdi></span>`}
          </a>
        </li>`,
    )}
  </ul>`
}

/** The search box. */
export function showSearch(words = ''): Html {
  return html`<form class="search" action="/search" role="search">
    <label class="hidden" for="q">Search the bazaar</label>
    <input
      id="q"
      name="q"
      type="search"
      value="${words}"
      maxlength="200"
      placeholder="Soap, whisk, sleep mask"
      autocomplete="off"
    />
    <button class="button">Search</button>
  </form>`
}

/** A page that is one sentence and a way on. */
export function showSentence({
  heading,
  words,
  way,
}: {
  heading: string
  words: string
  way: { href: string; words: string }
}): Html {
  return html`<div class="hero">
    <h1>${heading}</h1>
    <p>${words}</p>
    <a class="button" href="${way.href}">${way.words}</a>
  </div>`
}
