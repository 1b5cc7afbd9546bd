/** A reopening brings a decided case back once, because there is something new that nobody had seen. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CaseForSeller } from '../../contract/case.ts'
import { showCase } from './case-change.ts'
import classes from './case-box.module.css'
import { subjectKindOf } from './case-words.ts'
import { WrittenForm } from './written-form.tsx'

/** What counts as new, then the form. */
export function Reopening({ matter }: { matter: CaseForSeller }) {
  const { id } = matter
  const [isOpen, setOpen] = useState(false)
  const counts =
    subjectKindOf(matter) === 'listing'
      ? 'New is a file that comes with it, or a listing that you changed since the answer.'
      : 'New is a file that comes with it: a paper or photo that nobody had seen.'
  return (
    <section aria-labelledby="something-new" className={`sheet ${classes['box']}`}>
      <h2 id="something-new">Something new?</h2>
      <p className="second">
        This case can be opened again once, and people who have not decided it look at it. {counts}{' '}
        What was lifted stays lifted.
      </p>
      {isOpen ? (
        <WrittenForm
          keptAs={`recourse.reopening.${id}`}
          fieldId="reopening-text"
          label="What is new?"
          button="Open it again"
          missing="Say in a sentence what is new."
          send={(client, written) => client.seller.reopenCase({ caseId: id, ...written })}
          onSent={showCase}
        />
      ) : (
        <div>
          <Button onClick={() => setOpen(true)}>I have something new</Button>
        </div>
      )}
    </section>
  )
}
