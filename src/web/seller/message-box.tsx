/** The message box is for writing to whoever has the case; it moves no clock, and opens an answered matter again. */
import type { CaseForSeller } from '../../contract/case.ts'
import { Due } from '../parts/time.tsx'
import { showCase } from './case-change.ts'
import classes from './case-box.module.css'
import { nameOf } from './case-words.ts'
import { WrittenForm } from './written-form.tsx'

/** At the end of the thread. */
export function MessageBox({ matter }: { matter: CaseForSeller }) {
  const { id, state, holding, contestBy } = matter
  const isAnswered = state === 'answered'
  return (
    <section aria-labelledby="message" className={`sheet ${classes['box']}`}>
      <h2 id="message">
        {isAnswered ? 'Not what you needed?' : `Write to ${nameOf(holding.who)}`}
      </h2>
      <WrittenForm
        keptAs={`recourse.message.${id}`}
        fieldId="message-text"
        label="Your message"
        isLabelHidden
        hint={
          isAnswered ? (
            <>
              Write again
              {contestBy !== null && (
                <>
                  {' '}
                  until <Due at={contestBy} />
                </>
              )}{' '}
              and it opens again.
            </>
          ) : (
            'Sending never restarts a clock.'
          )
        }
        rows={2}
        button={isAnswered ? 'Write again' : 'Send'}
        missing="Write something first."
        send={(client, written) => client.seller.writeInCase({ caseId: id, ...written })}
        onSent={showCase}
      />
    </section>
  )
}
