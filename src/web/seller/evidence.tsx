/** Evidence is what a seller adds to their words: photos and papers, sent while the words are still being written. */
import { Button, FileButton } from '@mantine/core'
import { useRef, type ReactNode } from 'react'
import type { FileForReader } from '../../contract/case.ts'
import type { SubjectKind } from '../../core/measure.ts'
import { FileRow } from '../parts/file-row.tsx'
import classes from './evidence.module.css'
import { acceptedTypes } from './upload.ts'
import type { Sending } from './use-uploads.ts'

interface AttachedFilesProps {
  files: readonly FileForReader[]
  sending: readonly Sending[]
  onAdd: (files: File[]) => void
  onForget: (id: string) => void
  /** What they show, where a form has several places for files. */
  what?: string
  /** What else stands in the row of buttons, such as the one that sends. */
  children?: ReactNode
}

/** What helps most, by what the measure is on. */
const helps = {
  listing: 'A photo of the pack or label helps most.',
  account: 'Invoices, delivery notes or a letter from your bank help most.',
  payouts: 'Proof that orders arrived, or were refunded, helps most.',
} as const satisfies Record<SubjectKind, string>

/** The files of an appeal under a heading of their own. */
export function Evidence({
  kinds,
  ...files
}: AttachedFilesProps & {
  /** What the measures are on whose policies say nothing of what helps. */
  kinds: readonly SubjectKind[]
}) {
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence" className={classes['heading']}>
        {kinds.length > 0 ? 'Evidence' : 'Anything else'} <span className="third">optional</span>
      </h2>
      <p className="small second">
        {[...new Set(kinds)].map((kind) => `${helps[kind]} `)}
        Photos (JPEG, PNG, WebP, GIF, HEIC) and PDF, up to 10 MB each, 20 in all. An appeal needs no
        proof.
      </p>
      <AttachedFiles {...files} />
    </section>
  )
}

/** The files with their states, and the ways to add more. */
export function AttachedFiles({
  files,
  sending,
  onAdd,
  onForget,
  what,
  children,
}: AttachedFilesProps) {
  const named = (words: string) => (what === undefined ? words : `${words}: ${what}`)
  const reset = useRef<() => void>(null)
  const add = (chosen: File[]) => {
    onAdd(chosen)
    // So that the same file can be chosen again after it was removed.
    reset.current?.()
  }
  return (
    <div className={classes['attached']}>
      <ul aria-label={named('Files')} aria-live="polite">
        {files.map((file) => (
          <FileRow
            key={file.id}
            id={file.id}
            name={file.name}
            size={file.size}
            mediaType={file.mediaType}
            state={{ is: 'received' }}
            onForget={() => onForget(file.id)}
          />
        ))}
        {sending.map(({ key, name, size, mediaType, state }) => (
          <FileRow key={key} name={name} size={size} mediaType={mediaType} state={state} />
        ))}
      </ul>
      <div className={classes['ways']}>
        <span className={classes['phone']}>
          <FileButton
            onChange={(file) => {
              if (file) add([file])
            }}
            accept="image/*"
            capture="environment"
            inputProps={{ 'aria-label': named('Take a photo') }}
          >
            {(props) => <Button {...props}>Take a photo</Button>}
          </FileButton>
        </span>
        <FileButton
          resetRef={reset}
          onChange={add}
          accept={acceptedTypes}
          multiple
          inputProps={{ 'aria-label': named('Add a file or photo') }}
        >
          {(props) => <Button {...props}>Add a file or photo</Button>}
        </FileButton>
        {children}
      </div>
    </div>
  )
}
