/** Progress is one line on a terminal that is written over while long work goes on. */
import type { CommandIo } from './command.ts'

const REFRESH_MS = 200
const CLEAR = '\r\u001b[K'

/** Shows what is said of the work until it is closed; nothing where no person watches. */
export function showProgress(
  { stderr }: CommandIo,
  { isWatched, say }: { isWatched: boolean; say: () => string },
): { close: () => void } {
  if (!isWatched) return { close: () => undefined }
  // A line that is broken by the edge of the window could not be taken back. Some terminals have no width to tell.
  const width = ({ columns = 0 } = stderr) => (columns > 0 ? columns : 80)
  const show = () => stderr.write(CLEAR + say().slice(0, width() - 1))
  const timer = setInterval(show, REFRESH_MS)
  return {
    close: () => {
      clearInterval(timer)
      stderr.write(CLEAR)
    },
  }
}
