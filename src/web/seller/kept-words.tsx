/** Kept words say that what was typed is safe on this device, or what sending still waits for. */
import { useClock } from '../parts/time.tsx'
import { pastWords } from '../parts/time-words.ts'
import type { FilesAre } from './use-when-here.ts'

/** Beside the button that sends. */
export function KeptWords({ at, filesAre = 'here' }: { at: Date | null; filesAre?: FilesAre }) {
  const { now, zone } = useClock()
  const words = {
    here: at === null ? '' : `Kept on this device ${pastWords(at, now, zone)}`,
    coming: 'Files are still on their way. You can send now: it goes when they are here.',
    awaited: 'It goes as soon as the files are here.',
    refused: 'A file was not taken, so nothing was sent. Send again to leave that file out.',
  }[filesAre]
  return (
    <span className={filesAre === 'here' ? 'small third' : 'small second'}>
      <span role="status">{filesAre === 'awaited' || filesAre === 'refused' ? words : ''}</span>
      {filesAre === 'here' || filesAre === 'coming' ? words : ''}
    </span>
  )
}
