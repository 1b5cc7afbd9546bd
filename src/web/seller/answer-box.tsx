/** The answer box holds the desk's question, until when there is time, and the room to answer. */
import { useEffect } from 'react'
import type { CaseForSeller } from '../../contract/case.ts'
import { Due, Past } from '../parts/time.tsx'
import classes from './case-box.module.css'
import { showCase } from './case-change.ts'
import { WrittenForm } from './written-form.tsx'

/** What an address ends with that leads straight to the reply. */
export const answerHash = 'answer'

const fieldId = 'answer-text'

/** First on the page while a question waits. */
export function AnswerBox({
  matter: { id },
  ask: { question, by, at, until },
}: {
  matter: CaseForSeller
  ask: NonNullable<CaseForSeller['ask']>
}) {
  useEffect(() => {
    // Who pressed Answer wants to write.
    if (window.location.hash === `#${answerHash}`) document.getElementById(fieldId)?.focus()
  }, [])
  return (
    <section id={answerHash} aria-labelledby="question" className={`sheet ${classes['box']}`}>
      <h2 id="question">{by} asks you</h2>
      <blockquote className="written">{question}</blockquote>
      <p className="small second">
        Asked <Past at={at} />. You have until <Due at={until} />, and our clock stands still until
        you answer. If you don’t, it is decided on what there is: silence never counts against you.
      </p>
      <WrittenForm
        keptAs={`recourse.answer.${id}.${at}`}
        fieldId={fieldId}
        label="Your answer"
        button="Send answer"
        missing={`Write what ${by} asked for, or that you don’t have it.`}
        send={(client, written) => client.seller.writeInCase({ caseId: id, ...written })}
        onSent={showCase}
      />
    </section>
  )
}
