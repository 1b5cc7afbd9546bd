/** Agent words: which browser on which system, from what it says of itself. Only to tell one's own apart. */

const browsers: [RegExp, string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(Headless)?Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/iPhone/, 'an iPhone'],
  [/iPad/, 'an iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'a Mac'],
  [/CrOS/, 'a Chromebook'],
  [/Linux/, 'Linux'],
]

/** "Chrome on Linux"; "a browser" where it says nothing that we know. */
export function agentWords(agent: string): string {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1]
  const browser = named(browsers) ?? 'a browser'
  const system = named(systems)
  return system === undefined ? browser : `${browser} on ${system}`
}

/** The same to begin a line with. */
export function agentTitle(agent: string): string {
  const words = agentWords(agent)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
