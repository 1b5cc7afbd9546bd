/** One file of evidence, as large as there is room, with the next one a key away. */
import { Button } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { Dialog } from './dialog.tsx'
import type { FileForReader } from '../../contract/case.ts'
import { switchBlur, useBlur } from './blur.ts'
import classes from './evidence.module.css'
import { Loading } from './loading.tsx'
import { NewTab } from './new-tab.tsx'
import { usePicture } from './picture.tsx'
import { ProblemNote } from './problem-note.tsx'
import { sizeWords } from './size-words.ts'
import { useFileAddress } from './use-file-address.ts'
import type { EvidenceView } from './use-evidence.ts'

interface EvidenceDialogProps {
  files: readonly FileForReader[]
  view: EvidenceView
}

/** Shows the file that is open. E goes to the next, H blurs, the arrows go both ways, Esc closes. */
export function EvidenceDialog({ files, view }: EvidenceDialogProps) {
  const file = view.at === null ? undefined : files[view.at]
  const step = (by: number) => {
    if (view.at !== null) view.open((view.at + by + files.length) % files.length)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = {
      e: () => step(1),
      ArrowRight: () => step(1),
      ArrowLeft: () => step(-1),
      h: switchBlur,
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (!(key in act)) return
    event.preventDefault()
    act[key as keyof typeof act]() // it is one of them
  }
  return (
    <Dialog
      opened={file !== undefined}
      onClose={view.close}
      onKeyDown={onKeyDown}
      title={file?.name}
      size={960}
      closeLabel="Close the evidence"
    >
      {file && (
        <>
          <Stage key={file.id} file={file} />
          <Foot file={file} place={view.at ?? 0} of={files.length} onStep={step} />
        </>
      )}
    </Dialog>
  )
}

function Stage({ file }: { file: FileForReader }) {
  const isBlurred = useBlur()
  const found = useFileAddress(file.id)
  const { onError } = usePicture(file.id)
  return (
    <div className={classes['stage']} data-blurred={isBlurred || undefined}>
      {found.isPending && <Loading what="the file" />}
      {found.isError && (
        <ProblemNote
          error={found.error}
          safe="The file is safe with its case."
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data?.opens === 'picture' && (
        <img src={found.data.address} alt={`Evidence: ${file.name}`} onError={onError} />
      )}
      {found.data?.opens === 'document' && (
        <iframe src={found.data.address} title={`Evidence: ${file.name}`} />
      )}
      {found.data?.opens === 'download' && (
        <p>
          Browsers do not show this kind of file.{' '}
          <a className="link" href={found.data.address} download={file.name} rel="noreferrer">
            Save it to look at it
          </a>
        </p>
      )}
    </div>
  )
}

function Foot({
  file,
  place,
  of,
  onStep,
}: {
  file: FileForReader
  place: number
  of: number
  onStep: (by: number) => void
}) {
  const isBlurred = useBlur()
  return (
    <div className={classes['foot']}>
      <Button onClick={switchBlur} aria-pressed={isBlurred}>
        {isBlurred ? 'Show it clearly' : 'Blur'}
      </Button>
      {of > 1 && (
        <>
          <Button onClick={() => onStep(-1)}>Previous</Button>
          <Button onClick={() => onStep(1)}>Next</Button>
        </>
      )}
      <NewTab file={file} />
      <span className="small second">
        {place + 1} of {of}, {sizeWords(file.size)}
      </span>
    </div>
  )
}
