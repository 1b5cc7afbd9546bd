/** Memory: the most that the command `recourse screen` takes for a short file and for one eight times as long. */
import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeLines, ordinaryShares } from './corpus.ts'
import type { RuleSet } from './rules.ts'

export interface Peak {
  lines: number
  fileBytes: number
  peakBytes: number
  seconds: number
}

export const TIMES_LONGER = 8

/** Screens both files with the policies of the folder, one after the other. */
export async function measurePeaks({
  lines,
  rules,
  policyFolder,
  folder,
}: {
  lines: number
  rules: RuleSet
  policyFolder: string
  folder: string
}): Promise<[Peak, Peak]> {
  const measure = async (count: number): Promise<Peak> => {
    const file = path.join(folder, `long-${count}.ndjson`)
    const fileBytes = await writeListings(file, rules, count)
    const peak = await screenFile({ file, policyFolder, folder })
    rmSync(file)
    return { lines: count, fileBytes, ...peak }
  }
  return [await measure(lines), await measure(lines * TIMES_LONGER)]
}

async function writeListings(file: string, rules: RuleSet, lines: number): Promise<number> {
  const made = makeLines({ rules, shares: ordinaryShares, seed: 2 })
  const output = createWriteStream(file)
  for (let at = 0; at < lines; at += 500) {
    const count = Math.min(500, lines - at)
    const block = Array.from({ length: count }, () => `${made.next().line}\n`).join('')
    if (!output.write(block)) await once(output, 'drain')
  }
  output.end()
  await once(output, 'finish')
  return output.bytesWritten
}

async function screenFile({
  file,
  policyFolder,
  folder,
}: {
  file: string
  policyFolder: string
  folder: string
}): Promise<{ peakBytes: number; seconds: number }> {
  const here = (name: string) => new URL(name, import.meta.url)
  const peakFile = path.join(folder, 'peak')
  const command = fileURLToPath(here('../src/cli/recourse.js'))
  const before = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...['--import', here('./peak.js').href, command, 'screen', file, '--workers', '2'],
      ...['--policies', policyFolder, '--out', path.join(folder, 'verdicts.ndjson')],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, BENCH_PEAK_FILE: peakFile } },
  )
  await once(child, 'exit')
  if (child.exitCode !== 0) throw new Error(`recourse screen ended with ${child.exitCode}`)
  const seconds = (performance.now() - before) / 1000
  return { peakBytes: Number(readFileSync(peakFile, 'utf8')) * 1024, seconds }
}
