/** The way to prepared words, beside every text that may begin with them. */
import { DeskKey } from './desk-key.tsx'
import caseStyles from './case.module.css'

export function PrepareButton({ onPrepare }: { onPrepare: () => void }) {
  return (
    <button type="button" className={`link ${caseStyles.prepare}`} onClick={onPrepare}>
      Prepared words <DeskKey keys={['I']} />
    </button>
  )
}
