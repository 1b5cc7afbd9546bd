/** The text of a policy that was adopted, written anew as YAML so that it can be changed and tried. */
import { Document, isScalar, visit } from 'yaml'
import type { Policy } from '../../core/policy.ts'

const WIDTH = 110

/** The whole document, one version higher; learned weights are no part of what people write. */
export function sourceOf(policy: Policy): string {
  const { naive, examples, ...rest } = policy
  const document = new Document({
    ...rest,
    learned: undefined,
    version: policy.version + 1,
    ...(naive && { naive }),
    ...(examples.length > 0 && { examples }),
  })
  visit(document, {
    Seq: (_, seq) => {
      // Phrases side by side, as people write them; whole sentences and objects each on a line.
      seq.flow = seq.items.every((item) => isScalar(item) && String(item.value).length < 60)
    },
  })
  document.commentBefore = ` Written anew from version ${policy.version} as it was adopted; remarks of its file are not kept.`
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false })
  return text.split('\n').map(wrapLine).join('\n')
}

/** Breaks a long list of phrases between two of them. */
function wrapLine(line: string): string {
  if (line.length <= WIDTH) return line
  const begin = /^(\s*(?:- )*)(?:[\w-]+: )?\[/.exec(line)
  if (begin === null || !line.endsWith(']')) return line
  const indent = ' '.repeat((begin[1] ?? '').length + 2)
  const lines: string[] = []
  let written = begin[0]
  for (const [place, item] of itemsOf(line.slice(begin[0].length, -1)).entries()) {
    const piece = place === 0 ? item : `, ${item}`
    if (place > 0 && written.length + piece.length + 1 > WIDTH) {
      lines.push(`${written},`)
      written = indent + item
    } else written += piece
  }
  return [...lines, `${written}]`].join('\n')
}

/** The items of a list on one line; a comma in quotes does not part them. */
function itemsOf(list: string): string[] {
  return list.match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\s](?:[^,]*[^,\s])?/g) ?? []
}
