/** What a seller writes to a desk: words and files, kept on the device until they have arrived. */
import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useState, type ReactNode } from 'react'
import type { Client } from '../../contract/client.ts'
import type { CaseForSeller, FileForReader } from '../../contract/case.ts'
import { apiOnce, queryClient } from '../api.ts'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { useKept } from '../parts/use-kept.ts'
import { useOnline } from '../parts/use-online.ts'
import { AttachedFiles } from './evidence.tsx'
import { KeptWords } from './kept-words.tsx'
import { withKey } from './sent-once.ts'
import { useUploads } from './use-uploads.ts'
import { useWhenHere } from './use-when-here.ts'
import { emptyWritten, missingFromWritten, WrittenDraft, writtenFrom } from './written-draft.ts'
import classes from './written-form.module.css'

interface WrittenFormProps {
  /** What this draft is kept under on the device. */
  keptAs: string
  fieldId: string
  label: string
  /** Where a heading right above says the same. */
  isLabelHidden?: boolean
  hint?: ReactNode
  rows?: number
  button: string
  /** What to say when nothing was written. */
  missing: string
  send: (client: Client, written: { text: string; fileIds: string[] }) => Promise<CaseForSeller>
  onSent: (matter: CaseForSeller) => void
}

/** One field, the files, one button. */
export function WrittenForm({
  keptAs,
  fieldId,
  label,
  isLabelHidden = false,
  hint,
  rows = 3,
  button,
  missing,
  send: sendWritten,
  onSent,
}: WrittenFormProps) {
  const draft = useKept(keptAs, WrittenDraft, emptyWritten)
  const { change } = draft
  const [lacking, setLacking] = useState<string | null>(null)
  const isOnline = useOnline()
  const keepFile = useCallback(
    (file: FileForReader) => change((kept) => ({ ...kept, files: [...kept.files, file] })),
    [change],
  )
  const uploads = useUploads(draft.value.files.length, keepFile)
  const send = useMutation({
    mutationFn: async () => {
      const written = writtenFrom(draft.value)
      const keyed = withKey(draft.value, written, () => crypto.randomUUID())
      // Written down before it leaves: a page that is closed meanwhile sends it again under the same key.
      change(() => keyed)
      return sendWritten(apiOnce(keyed.sent.key), written)
    },
    onSuccess: (matter) => {
      draft.forget()
      onSent(matter)
    },
    onError: (error) => {
      // The matter has moved on: the page shows where it is, and what was typed stays.
      if (refusalOf(error) === 'wrong_state') void queryClient.invalidateQueries()
    },
  })

  const { filesAre, mayGo } = useWhenHere(uploads, press)
  function press() {
    if (send.isPending) return
    const words = missingFromWritten(draft.value, missing)
    setLacking(words)
    if (words !== null) document.getElementById(fieldId)?.focus()
    else if (mayGo()) send.mutate()
  }

  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        press()
      }}
    >
      <Textarea
        id={fieldId}
        className="written-input"
        {...(isLabelHidden ? { 'aria-label': label } : { label })}
        description={hint}
        value={draft.value.text}
        onChange={(event) => {
          const text = event.currentTarget.value
          setLacking(null)
          change((kept) => ({ ...kept, text }))
        }}
        error={lacking ?? undefined}
        autosize
        minRows={rows}
        maxRows={16}
      />
      {!isOnline && (
        <p role="status" className={classes['offline']}>
          You are offline. Your text is kept on this device; send it when you are back.
        </p>
      )}
      {send.isError && isOnline && (
        <ProblemNote
          error={send.error}
          safe={
            refusalOf(send.error) === null
              ? 'We couldn’t send it. Your text is kept on this device. Try again in a moment.'
              : 'Your text is kept on this device.'
          }
        />
      )}
      <AttachedFiles
        files={draft.value.files}
        sending={uploads.sending}
        onAdd={(files) => uploads.add(files)}
        onForget={(id) =>
          change((kept) => ({ ...kept, files: kept.files.filter((file) => file.id !== id) }))
        }
      >
        <span className={classes['send']}>
          <KeptWords at={draft.keptAt} filesAre={filesAre} />
          <Button type="submit" variant="filled" loading={send.isPending || filesAre === 'awaited'}>
            {button}
          </Button>
        </span>
      </AttachedFiles>
    </form>
  )
}
