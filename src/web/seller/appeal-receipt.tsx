/** The receipt of an appeal: its number, who has it, and the dates; shown once it is stored and not before. */
import { useEffect, useRef } from 'react'
import type { CaseForSeller } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { EvidenceList } from '../parts/evidence-list.tsx'
import { HoldingLine } from '../parts/holding-line.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Past, useClock } from '../parts/time.tsx'
import { dueWords } from '../parts/time-words.ts'
import { useEvidence } from '../parts/use-evidence.ts'
import { nameOf } from './case-words.ts'
import { ObjectionList } from './objection-list.tsx'

/** Stands in the place of the form. */
export function AppealReceipt({ receipt }: { receipt: CaseForSeller }) {
  const { now, zone } = useClock()
  const { holding, number, openedAt, files } = receipt
  const evidence = useEvidence(receipt.id)
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The form is gone: readers of the screen start at what took its place.
    top.current?.focus()
    window.scrollTo({ top: 0 })
  }, [])
  const by = holding.dueAt === null ? '' : ` by ${dueWords(new Date(holding.dueAt), now, zone)}`
  return (
    <div ref={top} tabIndex={-1} style={{ outline: 'none' }}>
      <PageTitle
        tab={`Appeal ${number} received`}
        above={
          <>
            Received <Past at={openedAt} />
          </>
        }
      >
        {`We have it. ${capital(nameOf(holding.who))} answers you${by}.`}
      </PageTitle>
      <HoldingLine holding={holding} />
      <p className="narrow-text" style={{ margin: '28px 0' }}>
        Your case is <strong>{number}</strong>. A confirmation is on its way by e-mail. You need do
        nothing more.
      </p>
      <ObjectionList
        objections={receipt.objections}
        files={receipt.files}
        title="What you told us"
      />
      {files.length > 0 && (
        <section aria-labelledby="sent-files" style={{ marginTop: 28 }}>
          <h2 id="sent-files">Files</h2>
          <EvidenceList files={files} view={evidence} />
        </section>
      )}
      <div className="buttons" style={{ marginTop: 28 }}>
        <ButtonLink to="/cases/$caseId" params={{ caseId: receipt.id }} variant="filled">
          Open case {number}
        </ButtonLink>
        <ButtonLink to="/seller">Home</ButtonLink>
      </div>
    </div>
  )
}
