/** The style of the picture: the colours and faces of the pages, in light and in dark as the reader's system has it. */

const light = {
  page: '#F5F5F2', surface: '#FFFFFF', sunk: '#ECECE7', line: '#DCDCD5', line2: '#8D8F87',
  ink: '#14171F', ink2: '#474B57', ink3: '#646873', pen: '#2236C5', 'on-pen': '#FFFFFF',
  red: '#B3261E', 'red-soft': '#FCEAE7', 'on-red': '#FFFFFF', green: '#1B6B41',
} // prettier-ignore
const dark: Record<keyof typeof light, string> = {
  page: '#0E1015', surface: '#161920', sunk: '#2A2F3A', line: '#2C313C', line2: '#687080',
  ink: '#ECEDF1', ink2: '#B8BCC8', ink3: '#959AA8', pen: '#9DB0FF', 'on-pen': '#0B1030',
  red: '#FF9C92', 'red-soft': '#3A1B1A', 'on-red': '#3A1B1A', green: '#7FD3A2',
} // prettier-ignore

/** Its own colours, for a picture that stands by itself; within a page, the page gives them. */
export const colours = `
.procedure-picture { ${variables(light)} }
@media (prefers-color-scheme: dark) { .procedure-picture { ${variables(dark)} } }
`

/** The style sheet; all of it is under `procedure-picture`, so that the picture may stand within a page. */
export const style = `
.procedure-picture { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.procedure-picture text { fill: var(--ink); font-variant-numeric: tabular-nums; white-space: pre; }
.procedure-picture .headline { font-size: 26px; font-weight: 600; }
.procedure-picture .title { font-size: 15px; font-weight: 600; }
.procedure-picture .strong { font-size: 14px; font-weight: 600; }
.procedure-picture .plain { font-size: 13px; }
.procedure-picture .small { font-size: 12px; }
.procedure-picture .smallStrong { font-size: 12px; font-weight: 600; }
.procedure-picture .plainStrong { font-size: 13px; font-weight: 600; }
.procedure-picture .code { font-size: 12px; font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.procedure-picture .second { fill: var(--ink2); }
.procedure-picture .quiet { fill: var(--ink3); }
.procedure-picture .red { fill: var(--red); }
.procedure-picture .green { fill: var(--green); }
.procedure-picture .over { paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
.procedure-picture .on-pen { fill: var(--on-pen); }
.procedure-picture .on-red { fill: var(--on-red); }
.procedure-picture .page { fill: var(--page); }
.procedure-picture .box { fill: var(--surface); stroke: var(--ink); stroke-width: 1.4; }
.procedure-picture .box.gap { fill: var(--red-soft); stroke: var(--red); stroke-width: 1.8; }
.procedure-picture .box.unused { stroke: var(--line2); stroke-dasharray: 4 3; }
.procedure-picture .box.undated { fill: none; stroke: var(--red); stroke-dasharray: 6 5; }
.procedure-picture .slot { fill: var(--sunk); }
.procedure-picture .slot.spent { fill: var(--pen); }
.procedure-picture .slot.spent.gap { fill: var(--red); }
.procedure-picture .hatch-line { stroke: var(--red); stroke-width: 3; }
.procedure-picture .part { fill: var(--pen); }
.procedure-picture .part.next { fill: var(--pen); fill-opacity: .84; }
.procedure-picture .mask { fill: var(--red-soft); }
.procedure-picture .icon { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-linecap: round; }
.procedure-picture .icon.gap { stroke: var(--red); }
.procedure-picture .badge { fill: var(--red); stroke: var(--page); stroke-width: 2; }
.procedure-picture .rule { stroke: var(--line2); stroke-width: 1; }
.procedure-picture .tick { stroke: var(--line2); stroke-width: 1; }
.procedure-picture .fact-tick { stroke: var(--ink); stroke-width: 1.6; }
.procedure-picture .promise-tick { stroke: var(--ink3); stroke-width: 1.4; stroke-dasharray: 2 3; }
.procedure-picture .line { fill: none; stroke-width: 1.4; stroke: var(--line2); }
.procedure-picture .line.forward { stroke: var(--ink2); stroke-width: 1.1; }
.procedure-picture .line.late { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
.procedure-picture .line.late-answer { stroke: var(--green); stroke-width: 1.5; stroke-dasharray: 5 4; }
.procedure-picture .line.review { stroke: var(--pen); stroke-width: 2.2; }
.procedure-picture .line.answer { stroke: var(--green); stroke-width: 1.3; }
.procedure-picture .line.nothing, .procedure-picture .line.shut { stroke: var(--red); stroke-width: 2; stroke-dasharray: .1 5; stroke-linecap: round; }
.procedure-picture .head { stroke: none; fill: var(--line2); }
.procedure-picture .head.forward { fill: var(--ink2); }
.procedure-picture .head.late { fill: var(--ink); }
.procedure-picture .head.review { fill: var(--pen); }
.procedure-picture .head.answer, .procedure-picture .head.late-answer { fill: var(--green); }
.procedure-picture .unsure { opacity: .55; }
.procedure-picture .dot { fill: var(--red); }
.procedure-picture .cross { stroke: var(--red); stroke-width: 2.4; stroke-linecap: round; }
.procedure-picture .proof { fill: none; stroke: var(--green); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
`

function variables(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ')
}
