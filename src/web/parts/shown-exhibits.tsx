/** What a seller showed of the evidence that a policy asks for. */
import type { FileForReader, ObjectionForSeller } from '../../contract/case.ts'
import classes from './shown-exhibits.module.css'

interface ShownExhibitsProps {
  exhibits: ObjectionForSeller['exhibits']
  files: readonly FileForReader[]
  /** Says of a number whether it has its usual form: for whoever judges it. */
  saysForm?: boolean
  /** Opens a file, where the reader can look at it here. */
  onOpen?: (place: number) => void
}

/** Nothing where nothing was shown. */
export function ShownExhibits({ exhibits, files, saysForm = false, onOpen }: ShownExhibitsProps) {
  if (exhibits.length === 0) return null
  return (
    <dl className={classes['exhibits']}>
      {exhibits.map(({ exhibit, title, words, fits, fileIds }) => (
        <div key={exhibit}>
          <dt>{title}</dt>
          <dd>
            {words !== null && <span className="written">{words}</span>}
            {saysForm && fits !== null && (
              <span className="small second">
                {fits
                  ? ' has the usual form; whether it is right is not checked'
                  : ' does not have the usual form'}
              </span>
            )}
            {fileIds.map((id) => {
              const place = files.findIndex((file) => file.id === id)
              const name = files[place]?.name ?? 'a file'
              return onOpen === undefined || place < 0 ? (
                <span key={id} className={classes['file']}>
                  {name}
                </span>
              ) : (
                <button
                  key={id}
                  type="button"
                  className={`link ${classes['file']}`}
                  onClick={() => onOpen(place)}
                >
                  {name}
                </button>
              )
            })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
