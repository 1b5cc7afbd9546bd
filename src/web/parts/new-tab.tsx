/** The way from a file to a tab of its own. */
import type { FileForReader } from '../../contract/case.ts'
import { linkToken } from '../link.ts'
import classes from './evidence.module.css'

/** Opens a file in a tab of its own, which asks for an address itself. Who came by a link takes it along. */
export function NewTab({ file }: { file: FileForReader }) {
  return (
    <a
      className={`link ${classes['press']}`}
      href={`/evidence/${encodeURIComponent(file.id)}`}
      target="_blank"
      rel={linkToken() === null ? 'noreferrer' : 'opener'}
      aria-label={`New tab: ${file.name}`}
    >
      New tab
    </a>
  )
}
