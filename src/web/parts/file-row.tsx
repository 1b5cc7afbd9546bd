/** A file row says what a file is called, how large it is, and what has become of it. */
import type { ReactNode } from 'react'
import classes from './file-row.module.css'
import { Tag } from './measure-tag.tsx'
import { Thumbnail } from './picture.tsx'
import { sizeWords, typeWords } from './size-words.ts'

export type FileState =
  | { is: 'uploading'; sent: number; onStop: () => void }
  | { is: 'checking' }
  | { is: 'received' }
  | { is: 'refused'; words: string; onRetry?: () => void; onForget: () => void }

interface FileRowProps {
  /** Of a file that is received, so that it can be shown. */
  id?: string
  name: string
  size: number
  mediaType: string
  state: FileState
  /** Takes a received file off the draft again. */
  onForget?: () => void
}

/** One file while it is on its way: a bar with Stop, then received or refused with the reason. */
export function FileRow({ id, name, size, mediaType, state, onForget }: FileRowProps) {
  return (
    <li className={classes['row']}>
      {id === undefined ? (
        <span className={classes['kind']} aria-hidden="true">
          {typeWords(mediaType)}
        </span>
      ) : (
        <Thumbnail file={{ id, mediaType }} />
      )}
      <div className={classes['words']}>
        <p>
          <strong>{name}</strong>{' '}
          <span className="third">
            {state.is === 'uploading'
              ? `${sizeWords(state.sent)} of ${sizeWords(size)}`
              : sizeWords(size)}
          </span>
        </p>
        {state.is === 'uploading' && (
          <div
            className={classes['bar']}
            role="progressbar"
            aria-label={`Sending ${name}`}
            aria-valuenow={size === 0 ? 0 : Math.round((state.sent / size) * 100)}
          >
            <span style={{ width: `${size === 0 ? 0 : (state.sent / size) * 100}%` }} />
          </div>
        )}
        {state.is === 'checking' && <p className="small second">We are reading it.</p>}
        {state.is === 'refused' && (
          <p className={classes['refused']} role="alert">
            {state.words}
          </p>
        )}
      </div>
      <div className={classes['state']}>
        {state.is === 'uploading' && <LinkButton onClick={state.onStop}>Stop</LinkButton>}
        {state.is === 'received' && <Tag tone="green">Received</Tag>}
        {state.is === 'received' && onForget && (
          <LinkButton label={`Remove ${name}`} onClick={onForget}>
            Remove
          </LinkButton>
        )}
        {state.is === 'refused' && (
          <>
            {state.onRetry && <LinkButton onClick={state.onRetry}>Try again</LinkButton>}
            <LinkButton label={`Remove ${name}`} onClick={state.onForget}>
              Remove
            </LinkButton>
          </>
        )}
      </div>
    </li>
  )
}

function LinkButton({
  label,
  onClick,
  children,
}: {
  label?: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      className={`link ${classes['press']}`}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
