/** The files of a case: each with a small picture that opens large, and in a tab of its own. */
import type { FileForReader } from '../../contract/case.ts'
import classes from './evidence.module.css'
import { EvidenceDialog } from './evidence-dialog.tsx'
import { NewTab } from './new-tab.tsx'
import { Thumbnail } from './picture.tsx'
import { sizeWords } from './size-words.ts'
import { Past } from './time.tsx'
import type { EvidenceView } from './use-evidence.ts'

/** Lists the files and shows the one that is open. */
export function EvidenceList({
  files,
  view,
}: {
  files: readonly FileForReader[]
  view: EvidenceView
}) {
  return (
    <>
      <ul>
        {files.map((file, place) => (
          <li key={file.id} className={classes['row']}>
            <button
              type="button"
              className={classes['open']}
              aria-label={`Look at the file ${file.name}`}
              onClick={() => view.open(place)}
            >
              <Thumbnail file={file} />
            </button>
            <div className={classes['words']}>
              <p>
                <button
                  type="button"
                  className={`link ${classes['press']}`}
                  onClick={() => view.open(place)}
                >
                  {file.name}
                </button>
              </p>
              <p className="small second">
                {sizeWords(file.size)}, received <Past at={file.receivedAt} />
              </p>
            </div>
            <NewTab file={file} />
          </li>
        ))}
      </ul>
      <EvidenceDialog files={files} view={view} />
    </>
  )
}
