/** A second look is what a seller can ask for where a measure stands: another desk, other people. */
import type { CaseForSeller } from '../../contract/case.ts'
import { deskInSentence } from '../../core/holding.ts'
import { Due } from '../parts/time.tsx'
import { showCase } from './case-change.ts'
import classes from './case-box.module.css'
import { WrittenForm } from './written-form.tsx'

/** The form; what is typed is kept on the device. */
export function SecondLook({ matter }: { matter: CaseForSeller }) {
  const { id, contestBy, secondLookDesk } = matter
  const desk = secondLookDesk === null ? 'another desk' : deskInSentence(secondLookDesk)
  return (
    <section aria-labelledby="second-look" className={`sheet ${classes['box']}`}>
      <h2 id="second-look">You can ask {desk} to look again</h2>
      <p className="second">
        Somebody who has not seen it before decides on what stands. What was lifted stays lifted.
        {contestBy !== null && (
          <>
            {' '}
            You have until <Due at={contestBy} />.
          </>
        )}
      </p>
      <WrittenForm
        keptAs={`recourse.second-look.${id}`}
        fieldId="second-look-text"
        label="What should they look at?"
        button="Ask for a second look"
        missing="Say in a sentence what was overlooked."
        send={(client, written) => client.seller.contestCase({ caseId: id, ...written })}
        onSent={showCase}
      />
    </section>
  )
}
