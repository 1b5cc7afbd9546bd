/** Exhibits as a seller hands them in: held against what the decision asks for, and never a condition. */
import type { Exhibit, Shown } from '../core/exhibit.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { readPattern } from '../screening/pattern.ts'

/** What is handed in of one exhibit, by its name. */
export interface FiledExhibit {
  exhibit: string
  words: string | null
  fileIds: string[]
}

/** Reads what is shown; what is left empty is left out, and a name that was not asked for is refused. */
export function readExhibits(
  asked: readonly Exhibit[],
  filed: readonly FiledExhibit[],
): { ok: true; shown: Shown[] } | Refused {
  const shown: Shown[] = []
  for (const { exhibit: name, words, fileIds } of filed) {
    const exhibit = asked.find((one) => one.exhibit === name)
    const isTwice = shown.some((one) => one.exhibit === name)
    if (exhibit === undefined || isTwice) return refuse('exhibit_not_asked', name)
    const said = (words ?? '').trim()
    const files = [...new Set(fileIds)]
    if (said === '' && files.length === 0) continue
    const { title } = exhibit
    shown.push({
      exhibit: name,
      title,
      words: said || null,
      fits: fits(exhibit, said),
      fileIds: files,
    })
  }
  return { ok: true, shown }
}

/** Whether the words have the form that is named; null where none is, or nothing was said. */
function fits({ form }: Exhibit, words: string): boolean | null {
  if (form === undefined || words === '') return null
  const read = readPattern(form)
  // It was readable when the policy was adopted; what an engine of another day cannot read says nothing.
  return read.ok ? read.pattern.test(words) : null
}
