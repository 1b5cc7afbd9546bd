/** Evidence is what a seller adds to an appeal: photos and papers, sent while the words are still being written. */
import { Button, FileButton } from '@mantine/core'
import { useRef } from 'react'
import type { FileForReader } from '../../contract/case.ts'
import { FileRow } from '../parts/file-row.tsx'
import classes from './evidence.module.css'
import { acceptedTypes } from './upload.ts'
import type { Sending } from './use-uploads.ts'

interface EvidenceProps {
  files: readonly FileForReader[]
  sending: readonly Sending[]
  onAdd: (files: File[]) => void
  onForget: (id: string) => void
}

/** The files with their states, and the ways to add more. */
export function Evidence({ files, sending, onAdd, onForget }: EvidenceProps) {
  const reset = useRef<() => void>(null)
  const add = (chosen: File[]) => {
    onAdd(chosen)
    // So that the same file can be chosen again after it was removed.
    reset.current?.()
  }
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence" className={classes['heading']}>
        Evidence <span className="third">optional</span>
      </h2>
      <p className="small second">
        Photos (JPEG, PNG, WebP, GIF, HEIC) and PDF, up to 10 MB each, 20 in all. An appeal needs no
        proof.
      </p>
      <ul aria-label="Files" aria-live="polite">
        {files.map((file) => (
          <FileRow
            key={file.id}
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
            inputProps={{ 'aria-label': 'Take a photo' }}
          >
            {(props) => <Button {...props}>Take a photo</Button>}
          </FileButton>
        </span>
        <FileButton
          resetRef={reset}
          onChange={add}
          accept={acceptedTypes}
          multiple
          inputProps={{ 'aria-label': 'Add a file or photo' }}
        >
          {(props) => <Button {...props}>Add a file or photo</Button>}
        </FileButton>
      </div>
    </section>
  )
}
