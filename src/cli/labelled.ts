/** Labelled cases and listings as files: NDJSON, plain or gzip, read whole or refused with the place of the first mistake. */
import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { readLabelled, readLabelledDecision } from '../screening/labelled-case.ts'
import type { LabelledDecision, LabelledListing } from '../screening/labelled-case.ts'
import { blocksOf, linesIn } from '../screening/lines.ts'
import { decodeUtf8 } from '../screening/utf8.ts'
import { CannotRun } from './command.ts'
import { openInput, plainBytes } from './input.ts'

/** The labelled cases that lie beside the policies of a folder. */
export function caseFilesBeside(folder: string): string[] {
  const cases = join(folder, 'cases')
  if (!existsSync(cases)) return []
  return readdirSync(cases)
    .filter((name) => /\.ndjson(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(cases, name))
}

/** All labelled cases of some files. */
export async function readCaseFiles(
  files: readonly string[],
  stdin: Readable,
): Promise<LabelledListing[]> {
  const labelled: LabelledListing[] = []
  for (const file of files) {
    for await (const { line, text } of textLines(file, stdin)) {
      const read = readLabelled(text)
      if (!read.ok) throw new CannotRun(`${file}:${line}: ${read.why}`)
      labelled.push(read.labelled)
    }
  }
  return labelled
}

/** All decisions of a file. */
export async function readDecisionFile(file: string, stdin: Readable): Promise<LabelledDecision[]> {
  const decisions: LabelledDecision[] = []
  for await (const { line, text } of textLines(file, stdin)) {
    const read = readLabelledDecision(text)
    if (!read.ok) throw new CannotRun(`${file}:${line}: ${read.why}`)
    decisions.push(read.decision)
  }
  return decisions
}

/** The lines of a file that hold anything, with their numbers. */
export async function* textLines(
  file: string,
  stdin: Readable,
): AsyncGenerator<{ line: number; text: string }> {
  const { source } = await openInput(file, stdin)
  try {
    for await (const block of blocksOf(plainBytes(source))) {
      for (const { line, bytes } of linesIn(block)) {
        const text = bytes === null ? null : decodeUtf8(bytes)
        if (text === null)
          throw new CannotRun(`${file}:${line}: the line is too long, or not UTF-8 text.`)
        yield { line, text }
      }
    }
  } finally {
    source.destroy()
  }
}
