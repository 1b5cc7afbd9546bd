/** The bazaar's own look: an awning, a warm serif and round corners. It shares nothing with Recourse's pages. */

const awning = encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="44"><path d="M0 0h40v22a20 20 0 0 1-40 0z" fill="#cf3f27"/><path d="M40 0h40v22a20 20 0 0 1-40 0z" fill="#fffdf7"/></svg>`,
)

export const css = `
:root {
  --paper: #fff5e3; --sheet: #fffdf7; --ink: #3a1c2e; --soft: #6a4a58; --red: #c23a22; --green: #2e6b45; --line: #e4d3ba;
  color-scheme: light;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; color: var(--ink); background: var(--paper) url("data:image/svg+xml,${awning}") repeat-x 50% 0;
  font: 18px/1.5 "Iowan Old Style", Charter, "Source Serif 4", "Noto Serif", "DejaVu Serif Condensed", Georgia, serif;
  padding-top: 44px; min-height: 100vh; display: flex; flex-direction: column;
}
a { color: inherit; text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; border-radius: 6px; }
h1, h2, h3 { line-height: 1.15; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h1 { font-size: 46px; } h2 { font-size: 26px; } h3 { font-size: 21px; }
p { margin: 0; overflow-wrap: anywhere; }
bdi { unicode-bidi: isolate; }
.frame { width: 100%; max-width: 1328px; margin: 0 auto; padding: 0 24px; }
.skip { position: absolute; left: 16px; top: -80px; background: var(--ink); color: var(--sheet); padding: 12px 18px; border-radius: 12px; z-index: 1; }
.skip:focus { top: 8px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header .frame { display: flex; align-items: center; flex-wrap: wrap; gap: 12px 28px; padding-top: 26px; padding-bottom: 26px; }
.brand { font-size: 34px; font-weight: 700; font-style: italic; text-decoration: none; letter-spacing: -0.02em; line-height: 1.2; }
.brand span { color: var(--red); }
nav { flex: 1; }
nav ul { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 6px; list-style: none; margin: 0; padding: 0; }
nav a, .basket-link { display: inline-flex; align-items: center; min-height: 44px; padding: 0 12px; text-decoration: none; border-radius: 22px; }
.basket-link { margin-right: -12px; }
nav a:hover, .basket-link:hover { background: #f6e4c8; }
nav a[aria-current] { background: #f6dfb9; font-weight: 700; }
.basket-link { font-weight: 700; white-space: nowrap; }
main { flex: 1; padding: 12px 0 72px; }
footer { border-top: 2px dashed var(--line); padding: 24px 0 36px; font-size: 16px; color: var(--soft); }
footer .frame { display: flex; flex-wrap: wrap; gap: 8px 32px; justify-content: space-between; align-items: center; }
footer a { color: var(--ink); font-weight: 700; display: inline-flex; min-height: 44px; align-items: center; }

.hero { display: grid; gap: 22px; justify-items: center; text-align: center; padding: 36px 0 20px; }
.hero h1 { font-size: 58px; max-width: 15em; text-wrap: balance; }
.hero p { font-size: 20px; max-width: 36em; text-wrap: balance; }
.search { display: flex; gap: 8px; width: 100%; max-width: 640px; }
.search input { flex: 1; border-radius: 29px; padding: 0 24px; height: 58px; }
.results-search { margin: 20px 0 32px; }

.shelves { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 52px 28px; margin-top: 52px; grid-auto-flow: row dense; }
.shelves .shelf { margin-top: 0; min-width: 0; }
.span-1 { grid-column: span 1; } .span-2 { grid-column: span 2; } .span-3 { grid-column: span 3; } .span-4 { grid-column: span 4; }
.span-1 .goods { grid-template-columns: minmax(0, 1fr); } .span-2 .goods { grid-template-columns: repeat(2, minmax(0, 1fr)); } .span-3 .goods { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.shelf { margin-top: 52px; }
.shelf-head { display: flex; align-items: baseline; justify-content: space-between; gap: 16px; margin-bottom: 16px; }
.shelf-head a { text-decoration: none; } .shelf-head a:hover { text-decoration: underline; }
.goods { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 30px 28px; list-style: none; margin: 0; padding: 0; }
.card { display: block; text-decoration: none; border-radius: 22px; }
.card .tile { aspect-ratio: 19 / 12; transition: transform 0.15s; }
.card .picture { width: 46%; }
.card:hover .tile { transform: translateY(-3px); }
.card:hover .card-title { text-decoration: underline; }
.card-title { display: block; font-weight: 700; margin-top: 12px; line-height: 1.35; overflow-wrap: anywhere; }
.card-by { color: var(--soft); font-size: 16px; }
@media (prefers-reduced-motion: reduce) { .card .tile { transition: none; } .card:hover .tile { transform: none; } }

.tile { position: relative; display: grid; place-items: center; border-radius: 22px; overflow: hidden; }
.picture { display: block; height: auto; font-family: inherit; }
.picture :not([stroke-width]) { vector-effect: non-scaling-stroke; }
.sand { background: #f6dfbb; } .sky { background: #d0e0df; } .rose { background: #f6cfc4; }
.lilac { background: #d9d6ec; } .olive { background: #e6e2b4; } .peach { background: #fadcc0; }
.off .picture { opacity: 0.5; }
.ribbon { position: absolute; left: 26px; top: 26px; background: var(--ink); color: var(--sheet); font-weight: 700; padding: 7px 18px; border-radius: 20px; }
.ribbon.back { background: var(--green); }
.card .ribbon { left: 14px; top: 14px; font-size: 15px; padding: 4px 13px; }

.product { display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 8fr); gap: 40px 72px; align-items: start; }
.product > .tile { aspect-ratio: 1; border-radius: 30px; }
.product > .tile .picture { width: 80%; }
.product .about { padding-top: 2px; display: grid; gap: 14px; }
.lead { font-size: 20px; white-space: pre-line; }
.price { font-size: 36px; font-weight: 700; line-height: 1.2; margin-top: 8px; }
.points { margin: 0; padding-left: 1.1em; display: grid; gap: 4px; }
.details { display: grid; grid-template-columns: auto 1fr; gap: 6px 24px; margin: 6px 0 0; font-size: 17px; border-top: 2px dashed var(--line); padding-top: 18px; }
.details dt { color: var(--soft); } .details dt::first-letter { text-transform: uppercase; } .details dd { margin: 0; overflow-wrap: anywhere; }
.links { display: flex; flex-wrap: wrap; gap: 6px 24px; }
.links a { font-weight: 700; display: inline-flex; min-height: 44px; align-items: center; }

.button { font: inherit; font-weight: 700; display: inline-flex; align-items: center; justify-content: center; min-height: 56px; padding: 0 36px; border-radius: 29px; border: 0; background: var(--red); color: #fff; cursor: pointer; text-decoration: none; }
.button:hover { background: #a83019; }
.button.quiet { background: transparent; color: var(--ink); box-shadow: inset 0 0 0 2px var(--ink); }
.button.quiet:hover { background: #f6e4c8; }
.button.small { min-height: 44px; padding: 0 20px; font-size: 16px; }

.panel { background: var(--sheet); border: 2px solid var(--ink); border-radius: 22px; padding: 22px 26px; display: grid; gap: 8px; justify-items: start; }
.panel.gentle { border-style: dashed; }
.panel.wrong { border-color: var(--red); }
.panel h2 { font-size: 22px; }
.panel ul { margin: 0; padding-left: 1.1em; }
.stack { display: grid; gap: 24px; }
.page-head { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 16px 32px; margin-bottom: 28px; }
.page-head p { margin-top: 10px; font-size: 20px; max-width: 40em; }
.narrow { max-width: 720px; }

label, legend { font-weight: 700; }
.field { display: grid; gap: 6px; align-content: start; }
.hint { color: var(--soft); font-size: 16px; }
.wrong-words { color: #a1270f; font-weight: 700; font-size: 16px; }
input, textarea, select { font: inherit; color: inherit; background: var(--sheet); border: 2px solid #8c6b70; border-radius: 14px; padding: 10px 16px; width: 100%; min-height: 52px; }
input:focus, textarea:focus, select:focus { outline: 3px solid var(--ink); outline-offset: 2px; }
[aria-invalid] { border-color: #a1270f; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; align-items: end; }
.actions { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }

.rows { list-style: none; margin: 0; padding: 0; border-top: 2px dashed var(--line); }
.rows > li { display: grid; grid-template-columns: 88px minmax(0, 1fr) auto auto; gap: 8px 24px; align-items: center; padding: 16px 0; border-bottom: 2px dashed var(--line); }
.rows .tile { aspect-ratio: 1; border-radius: 18px; }
.rows .picture { width: 74%; }
.rows .picture g { stroke-width: 1.8px; }
.row-title { font-weight: 700; overflow-wrap: anywhere; }
.row-note { grid-column: 2 / -1; color: var(--soft); font-size: 16px; }
.tag { display: inline-block; border-radius: 14px; padding: 2px 12px; font-size: 16px; font-weight: 700; background: #dcebdc; color: #1e5433; white-space: nowrap; }
.tag.shut { background: var(--ink); color: var(--sheet); } .tag.half { background: #f3dfa6; color: #5a3c00; }
.rows.plain > li { grid-template-columns: minmax(0, 1fr) auto minmax(140px, auto); }
.rows.plain .row-note { grid-column: 1 / -1; }
.panel + .rows { margin-top: 20px; }
.rows + form { margin-top: 20px; align-items: end; }
.panel > .pair { justify-self: stretch; }
.button + .hint, form + .hint { margin-top: 16px; }
.rows .end { justify-self: end; }
.stages { display: flex; flex-wrap: wrap; gap: 8px; justify-content: end; align-items: center; }
.figures { display: flex; flex-wrap: wrap; gap: 12px 56px; margin: 0 0 6px; }
.figures dt { color: var(--soft); font-size: 16px; } .figures dd { margin: 0; font-size: 34px; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
.more { margin-top: 12px; } .more form { margin-top: 12px; }
summary { font-weight: 700; cursor: pointer; min-height: 44px; display: inline-flex; align-items: center; text-decoration: underline; text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
select.inline { width: auto; max-width: 100%; min-height: 56px; }
.total { display: flex; justify-content: space-between; gap: 24px; font-size: 24px; font-weight: 700; padding: 20px 0; }
.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }

@media (max-width: 900px) {
  .product { grid-template-columns: minmax(0, 1fr); gap: 28px; }
  .goods, .span-3 .goods { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .shelves { grid-template-columns: repeat(2, minmax(0, 1fr)); } .span-3, .span-4 { grid-column: span 2; }
}
@media (max-width: 640px) {
  body { font-size: 17px; background-size: 48px auto; padding-top: 27px; }
  .frame { padding: 0 16px; }
  h1, .hero h1 { font-size: 33px; }
  header .frame { padding-top: 14px; padding-bottom: 10px; justify-content: space-between; gap: 4px 12px; }
  .brand { font-size: 28px; }
  .basket-link { order: 2; padding: 0 4px; margin-right: -4px; }
  nav { order: 3; flex: 0 0 100%; margin: 0 -16px; overflow-x: auto; scrollbar-width: none; mask-image: linear-gradient(to right, #000 86%, transparent); }
  nav ul { flex-wrap: nowrap; justify-content: flex-start; width: max-content; padding: 0 48px 0 4px; }
  nav a { white-space: nowrap; }
  .hero { padding: 22px 0 8px; gap: 16px; }
  .hero p, .lead, .page-head p { font-size: 18px; }
  .search input { height: 52px; padding: 0 18px; min-width: 0; } .search .button { padding: 0 20px; min-height: 52px; }
  .goods { gap: 24px 14px; } .shelves { gap: 36px 14px; margin-top: 28px; }
  .card .tile { aspect-ratio: 1.15; } .card .picture { width: 62%; }
  .card .ribbon { left: 8px; right: 8px; top: 8px; padding: 3px 10px; text-align: center; }
  .product > .tile { aspect-ratio: 1.12; } .product > .tile .picture { width: 72%; }
  .ribbon { left: 16px; top: 16px; }
  .product .button { width: 100%; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .rows > li { grid-template-columns: 64px minmax(0, 1fr); gap: 6px 16px; align-items: start; }
  .rows.plain > li { display: flex; flex-wrap: wrap; justify-content: space-between; }
  .rows.plain > li > :first-child { flex: 1 1 60%; } .rows.plain > li > :empty { display: none; }
  .rows.plain > li:has(> .end) > :first-child { flex-basis: 100%; }
  .rows.plain .stages, .rows.plain .row-note { order: 1; flex: 1 0 100%; justify-content: start; }
  .rows > li > :nth-child(n + 3) { grid-column: 2; justify-self: start; text-align: left; }
  .panel { padding: 18px 20px; }
}
`
