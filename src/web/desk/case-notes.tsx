/** Notes for colleagues on a case: a place of their own in a look of their own, so that nobody takes them for words to the seller. */
import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { CaseForDesk, NoteForDesk } from '../../contract/desk.ts'
import { longestNote } from '../../core/note.ts'
import { api } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import { DeskKey } from './desk-key.tsx'
import styles from './notes.module.css'
import { useNow } from './use-now.ts'
import { useReplaced } from './use-desk.ts'
import type { Noting } from './use-noting.ts'

/** The id by which its key finds the field. */
export const noteFieldId = 'desk-note'

/** What colleagues noted, oldest first, and the way to add to it. */
export function CaseNotes({ matter, noting }: { matter: CaseForDesk; noting: Noting }) {
  const mayWrite = matter.allowed.includes('note')
  if (matter.notes.length === 0 && !mayWrite) return null
  return (
    <section className={styles.notes} aria-labelledby="desk-notes">
      <div className={styles.head}>
        <h2 id="desk-notes">
          Notes for colleagues <span>Only colleagues see this</span>
        </h2>
        {mayWrite && !noting.isOpen && (
          <button type="button" className={`link ${styles.write}`} onClick={noting.open}>
            Write a note <DeskKey keys={['M']} />
          </button>
        )}
      </div>
      {matter.notes.length > 0 && (
        <ul className={styles.list}>
          {matter.notes.map((note) => (
            <Note key={note.id} note={note} />
          ))}
        </ul>
      )}
      {mayWrite && noting.isOpen && <NoteForm noting={noting} />}
    </section>
  )
}

function Note({ note }: { note: NoteForDesk }) {
  const onSuccess = useReplaced()
  const takeBack = useMutation({
    mutationFn: () => api.desk.takeBackNote({ noteId: note.id }),
    onSuccess,
  })
  const now = useNow(note.takeBackUntil !== null)
  const mayTakeBack = note.takeBackUntil !== null && new Date(note.takeBackUntil) > now
  return (
    <li>
      <p className={styles.by}>
        <strong>{note.by}</strong>{' '}
        <span>
          <Past at={note.at} />
          {note.caseNumber !== null && `, on ${note.caseNumber}`}
        </span>
        {mayTakeBack && (
          <button type="button" className="link" onClick={() => takeBack.mutate()}>
            Take it back
          </button>
        )}
      </p>
      {note.text === null ? (
        <p className="third">Took this note back.</p>
      ) : (
        <p className={`written ${styles.text}`} dir="auto">
          {note.text}
        </p>
      )}
      {takeBack.error && <ProblemNote error={takeBack.error} />}
    </li>
  )
}

function NoteForm({ noting }: { noting: Noting }) {
  return (
    <div id={noteFieldId} className={styles.form}>
      <Textarea
        label="Note for colleagues"
        placeholder="Never shown to the seller"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={longestNote}
        value={noting.text}
        error={noting.isTried && noting.text.trim() === '' ? 'Nothing is written yet.' : undefined}
        onChange={(event) => noting.change(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Here it keeps the note: what decides the case must not be pressed by mistake.
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          noting.send()
        }}
      />
      {noting.error !== null && (
        <ProblemNote error={noting.error} safe="Your note is kept in this tab." />
      )}
      <div className={styles.buttons}>
        <Button size="xs" loading={noting.isSending} onClick={noting.send}>
          Note it
          <span style={{ marginLeft: 6 }}>
            <DeskKey keys={['Ctrl', 'Enter']} />
          </span>
        </Button>
        <Button size="xs" onClick={noting.close}>
          Close
        </Button>
      </div>
    </div>
  )
}
