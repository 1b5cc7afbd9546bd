/** Loaded before the command: tells, when it ends, how much memory it took at most. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const file = process.env.BENCH_PEAK_FILE
  // In kilobytes, whatever the system counts in.
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS))
})
