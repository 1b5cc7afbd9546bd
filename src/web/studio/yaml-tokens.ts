/** The words of one line of a procedure by what they are, so that keys, lengths of time and remarks look their part. */

export interface Token {
  text: string
  kind: 'key' | 'duration' | 'comment' | 'plain'
}

const pattern =
  /(?<comment>(?:^|(?<=\s))#.*$)|(?<key>[\w.*-]+(?=:(?:\s|$)))|(?<duration>\bP(?:\d+[.,]?\d*[WD])*(?:T(?:\d+[.,]?\d*[HMS])+)?(?![\w-]))/gu

/** Splits a line; put together again its tokens are the line. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const add = (text: string, kind: Token['kind']) => {
    if (text !== '') tokens.push({ text, kind })
  }
  for (const match of line.matchAll(pattern)) {
    const [text] = match
    if (text === 'P') continue
    add(line.slice(at, match.index), 'plain')
    const { comment, key } = match.groups ?? {}
    add(text, comment !== undefined ? 'comment' : key !== undefined ? 'key' : 'duration')
    at = match.index + text.length
  }
  add(line.slice(at), 'plain')
  return tokens
}
