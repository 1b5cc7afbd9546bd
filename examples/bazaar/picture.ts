/** A picture of the goods, drawn: what it is follows from the title or else the shelf, and its colours with it. */
import { html, type Html, type Part } from './html.ts'
import type { Listing } from './listing.ts'

type Goods = Pick<Listing, 'title' | 'category' | 'sellerName'>

type Tone = 'sand' | 'sky' | 'rose' | 'lilac' | 'olive' | 'peach'
type Drawing = (goods: Goods) => Part

/** The colour behind a picture. */
export const toneOf = (goods: Goods): Tone => findDrawing(goods)[1]

/** Draws the goods on a square of 240. It is decoration: the title beside it says the same. */
export function drawPicture(goods: Goods): Html {
  const [draw] = findDrawing(goods)
  return html`<svg class="picture" viewBox="0 0 240 240" aria-hidden="true" focusable="false">
    <g fill="none" stroke="#3a1c2e" stroke-width="3" stroke-linejoin="round" stroke-linecap="round">
      ${draw(goods)}
    </g>
  </svg>`
}

function findDrawing({ title, category }: Goods): readonly [Drawing, Tone] {
  for (const [words, draw, tone] of drawings) if (words.test(title)) return [draw, tone]
  return shelfDrawings.get(category) ?? [drawParcel, 'sand']
}

/** A line of text on a package, cut to what fits on it. */
const label = (
  y: number,
  size: number,
  text: string,
  { width, style = 'normal' }: { width: number; style?: 'italic' | 'normal' },
) => {
  const most = Math.floor(width / (size * 0.52))
  const letters = [...text]
  const cut =
    letters.length > most
      ? `${letters
          .slice(0, most - 1)
          .join('')
          .trim()}…`
      : text
  return html`<text
    x="120"
    y="${y}"
    text-anchor="middle"
    font-size="${size}"
    font-style="${style}"
    font-weight="${style === 'italic' ? 700 : 400}"
    fill="#3a1c2e"
    stroke="none"
    >${cut}</text
  >`
}

const drawFaceMask = ({ sellerName, title }: Goods): Part =>
  html` <rect x="46" y="14" width="148" height="212" rx="9" fill="#fffdf7" />
    <path d="M46 36h148" stroke-dasharray="0.1 8" />
    <path
      d="M120 64c30 0 43 19 43 48 0 36-19 56-43 56s-43-20-43-56c0-29 13-48 43-48z"
      fill="#b9cab4"
    />
    <ellipse cx="103" cy="108" rx="10" ry="5.5" fill="#fffdf7" /><ellipse
      cx="137"
      cy="108"
      rx="10"
      ry="5.5"
      fill="#fffdf7"
    />
    <path d="M120 115v13M109 144c7 6 15 6 22 0" />
    ${label(196, 17, sellerName, { width: 138, style: 'italic' })}${label(213, 9, title.toLowerCase(), { width: 138 })}`

const drawSleepMask = (): Part =>
  html` <path d="M26 104c-14-4-18 10-10 20M214 104c14-4 18 10 10 20" stroke-dasharray="5 6" />
    <path
      d="M28 98c60-18 124-18 184 0 6 34-6 66-44 66-28 0-32-22-48-22s-20 22-48 22c-38 0-50-32-44-66z"
      fill="#5b6094"
    />
    <path d="M60 122c8 8 22 8 30 0M150 122c8 8 22 8 30 0" stroke="#fffdf7" />`

const drawBeakMask = (): Part =>
  html` <path
      d="M58 118c0-50 30-84 66-84 30 0 46 22 46 50 0 10-2 16-2 22 10 34 40 50 54 82-40-14-66-22-96-26-34-4-68-4-68-44z"
      fill="#a9744f"
    />
    <circle cx="104" cy="96" r="20" fill="#fffdf7" /><circle
      cx="104"
      cy="96"
      r="11"
      fill="#c9dcd9"
    />
    <path d="M140 106c16 22 36 42 62 68M64 138c20 10 44 14 66 16" stroke-dasharray="2 8" /><path
      d="M58 108L32 98"
    />`

const drawSnorkel = (): Part =>
  html` <path d="M196 40v104c0 22-14 34-36 34h-22" stroke-width="15" /><path
      d="M196 40v104c0 22-14 34-36 34h-22"
      stroke="#e8a33d"
      stroke-width="9"
    />
    <path
      d="M40 92c0-14 8-22 22-22h92c14 0 22 8 22 22v22c0 20-12 32-30 32-16 0-20-14-38-14s-22 14-38 14c-18 0-30-12-30-32z"
      fill="#2f7f8c"
    />
    <path
      d="M54 94c0-7 5-11 12-11h84c7 0 12 4 12 11v16c0 12-8 20-18 20-12 0-18-14-36-14s-24 14-36 14c-10 0-18-8-18-20z"
      fill="#dff0ee"
    />
    <path d="M40 100L18 90M70 96l-8 12" />`

const drawJar = (): Part =>
  html` <path d="M56 104h128v84c0 14-8 22-22 22H78c-14 0-22-8-22-22z" fill="#fffdf7" /><rect
      x="48"
      y="70"
      width="144"
      height="34"
      rx="8"
      fill="#d9a441"
    />
    <path d="M56 132h128M56 180h128" /><path
      d="M120 142c14 6 14 22 0 30-14-8-14-24 0-30z"
      fill="#e7c98a"
    />`

const drawTube = (): Part =>
  html` <path d="M78 26h84l-10 146H88z" fill="#fffdf7" /><path
      d="M90 172h60v36H90z"
      fill="#7fa68a"
    /><path d="M104 78c20-12 30 2 32 12-14 10-30 6-32-12zM100 120h40M104 134h32" />`

const drawSoap = (): Part =>
  html` <rect x="36" y="76" width="168" height="96" rx="26" fill="#e99b7b" /><path
      d="M68 124h104"
    />
    <circle cx="58" cy="52" r="9" fill="#fffdf7" /><circle
      cx="84"
      cy="38"
      r="5"
      fill="#fffdf7"
    /><circle cx="182" cy="54" r="6" fill="#fffdf7" />`

const drawBottle = (): Part =>
  html` <path d="M98 26h44v42l32 36v106H66V104l32-36z" fill="#fffdf7" /><path
      d="M98 46h44M66 134h108"
    /><path d="M84 156h72v34H84z" fill="#e4d9a8" />`

const drawWhisk = (): Part =>
  html` <path
      d="M120 140c-62-36-44-116 0-116s62 80 0 116zM120 140c-26-40-22-116 0-116s26 76 0 116zM120 24v116"
    />
    <path d="M109 140h22l-4 74c0 6-14 6-14 0z" fill="#c98f5a" />`

const drawPlane = (): Part =>
  html` <path d="M22 148h196v34H22z" fill="#b3b7ba" /><path
      d="M40 148c0-22 14-30 26-30s12 14 22 30z"
      fill="#a5653b"
    /><path d="M142 148c2-40 20-62 40-60-10 18 10 30 6 60z" fill="#a5653b" />
    <path d="M104 148l26-68 14 6-22 62z" fill="#fffdf7" /><path d="M22 200c22-8 30 8 50 0" />`

const drawTrain = (): Part =>
  html` <path d="M30 104h100v60H30z" fill="#d9694a" /><path
      d="M130 64h74v100h-74z"
      fill="#5c8f8a"
    /><path d="M146 80h42v34h-42z" fill="#fffdf7" /><path d="M48 104V76h22v28M42 70h34" />
    <circle cx="62" cy="176" r="20" fill="#e9c46a" /><circle
      cx="116"
      cy="176"
      r="20"
      fill="#e9c46a"
    /><circle cx="176" cy="176" r="20" fill="#e9c46a" /><path d="M16 198h210" />
    <path d="M44 54c4-12 16-14 22-6 8-8 20-2 18 8" />`

const drawSeeds = ({ title }: Goods): Part =>
  html` <path d="M62 22h116v196H62z" fill="#fffdf7" /><path d="M62 52h116" /><circle
      cx="120"
      cy="116"
      r="36"
      fill="#d8482c"
    />
    <path
      d="M120 84c-10 2-18-4-20-10 10-4 18 0 20 6 4-8 12-10 20-6-4 8-12 12-20 10z"
      fill="#6f9a4e"
    />${label(184, 9, title, { width: 108 })}<path d="M92 200h2M112 200h2M132 200h2M150 200h2" />`

const drawRespirators = (): Part =>
  html` <path d="M28 96l36-26h148v100l-36 32H28z" fill="#fffdf7" /><path
      d="M28 96h148v106M176 96l36-26"
    />
    <path
      d="M62 148c4-28 22-34 40-34s36 6 40 34c-8 22-24 30-40 30s-32-8-40-30z"
      fill="#dbe6ea"
    /><path d="M62 148c-14-8-18-20-10-26M142 148c14-8 18-20 10-26M88 134h28" />`

const drawBowl = (): Part =>
  html` <path d="M30 108h180c0 56-36 88-90 88s-90-32-90-88z" fill="#e9b872" /><path
      d="M48 132c42 10 102 10 144 0M92 204h56M96 84c-8-10 8-18 0-30M132 84c-8-10 8-18 0-30"
    />`

const drawTowels = (): Part =>
  html` <path d="M30 60h180" /><path d="M52 60h76v128H52z" fill="#fffdf7" /><path
      d="M112 60h76v146h-76z"
      fill="#e9b872"
    /><path d="M52 166h60M52 176h60M112 174h76M112 186h76M66 188v8M82 188v8M98 188v8" />
    <path d="M126 206v8M142 206v8M158 206v8M174 206v8" />`

const drawBag = (): Part =>
  html` <path d="M84 92c0-66 72-66 72 0" /><path d="M50 92h140l12 116H38z" fill="#fffdf7" /><path
      d="M84 92v22M156 92v22"
    />
    <path
      d="M120 184c-36-22-30-48-12-48 8 0 12 8 12 12 0-4 4-12 12-12 18 0 24 26-12 48z"
      fill="#d9694a"
    />`

const drawHammer = (): Part =>
  html` <path d="M108 96h24l8 116h-40z" fill="#c98f5a" /><path
      d="M52 50h92l44 14v24l-44 12H52z"
      fill="#9aa3a8"
    /><path d="M74 50v50" />`

const drawBall = (): Part =>
  html` <circle cx="120" cy="124" r="82" fill="#fffdf7" /><path
      d="M120 42c-46 44-46 120 0 164 46-44 46-120 0-164z"
      fill="#d9694a"
    /><path d="M38 124h164" />`

const drawPlant = (): Part =>
  html` <path d="M68 146h104l-14 68H82z" fill="#cf7a4f" /><path
      d="M60 126h120v20H60z"
      fill="#cf7a4f"
    /><path d="M120 126V70" />
    <path
      d="M120 96c-44 4-56-22-56-44 36-4 56 14 56 44zM120 78c2-32 22-46 54-44 2 26-16 46-54 44z"
      fill="#86a86a"
    />`

const drawTheatre = (): Part =>
  html` <path
      d="M48 50c48 14 96 14 144 0 6 80-14 146-72 156-58-10-78-76-72-156z"
      fill="#e9c46a"
    /><path
      d="M74 100c10-14 26-14 34 0-10 8-24 8-34 0zM132 100c8-14 24-14 34 0-10 8-24 8-34 0z"
      fill="#fffdf7"
    />
    <path d="M84 144c22 32 50 32 72 0-24 12-48 12-72 0z" fill="#fffdf7" />`

const drawParcel = (): Part =>
  html` <path d="M40 84l80-40 80 40v88l-80 40-80-40z" fill="#d9a679" /><path
      d="M40 84l80 40 80-40M120 124v88M80 64l80 40v30"
    />`

const drawings: readonly (readonly [RegExp, Drawing, Tone])[] = [
  [/respirator|\bn95\b|ffp[23]/i, drawRespirators, 'olive'],
  [/sleep mask/i, drawSleepMask, 'lilac'],
  [/plague|beak/i, drawBeakMask, 'sky'],
  [/snorkel|diving/i, drawSnorkel, 'peach'],
  [/hair mask|balm|butter|salve/i, drawJar, 'lilac'],
  [/face mask|clay mask|sheet mask/i, drawFaceMask, 'sand'],
  [/cream|toothpaste|lotion/i, drawTube, 'sky'],
  [/soap/i, drawSoap, 'rose'],
  [/milk|oil|shampoo|tonic/i, drawBottle, 'olive'],
  [/whisk/i, drawWhisk, 'rose'],
  [/towel/i, drawTowels, 'lilac'],
  [/\bbag\b/i, drawBag, 'peach'],
  [/\bplane\b/i, drawPlane, 'sand'],
  [/train|locomotive/i, drawTrain, 'lilac'],
  [/seed/i, drawSeeds, 'olive'],
]

const shelfDrawings = new Map<string, readonly [Drawing, Tone]>([
  ['Kitchen', [drawBowl, 'sky']],
  ['Bath & skin', [drawBottle, 'peach']],
  ['Tools', [drawHammer, 'sand']],
  ['Toys', [drawBall, 'sky']],
  ['Garden', [drawPlant, 'olive']],
  ['Costumes', [drawTheatre, 'lilac']],
])
