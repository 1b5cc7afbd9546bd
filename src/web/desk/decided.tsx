/** What became of a case once it is decided: each outcome, and whether the shop shows it yet. */
import { Button } from '@mantine/core'
import type { Restoration } from '../../contract/case.ts'
import type { CaseForDesk } from '../../contract/desk.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { Past } from '../parts/time.tsx'
import { outcomeWords } from './contested-view.tsx'
import { DeskKey } from './desk-key.tsx'
import caseStyles from './case.module.css'

/** The end of a case, and the way to the next. */
export function Decided({ matter, onNext }: { matter: CaseForDesk; onNext: (() => void) | null }) {
  return (
    <>
      <h2 style={{ fontSize: 15, lineHeight: '22px' }}>{titleOf(matter)}</h2>
      <ul className={caseStyles.outcomes}>
        {matter.contested.map(({ objection }) => (
          <li key={objection.id}>
            {objection.outcome !== null && (
              <Tag tone={objection.outcome === 'measure_stands' ? 'red' : 'green'}>
                {outcomeWords[objection.outcome]}
              </Tag>
            )}{' '}
            {objection.tag}, {objection.decisionNumber}
            {objection.answer !== null && <p className="written">{objection.answer}</p>}
            {objection.answeredBy !== null && <p className="third">{objection.answeredBy}</p>}
          </li>
        ))}
        {matter.check?.conclusion != null && (
          <li>
            <Tag tone={matter.check.conclusion === 'cleared' ? 'green' : 'red'}>
              {matter.check.conclusion === 'cleared' ? 'Nothing wrong' : 'The rule was right'}
            </Tag>{' '}
            {matter.check.effects[matter.check.conclusion]}
          </li>
        )}
      </ul>
      {matter.restoration !== null && (
        <p className="second">
          <RestorationWords restoration={matter.restoration} />
        </p>
      )}
      {onNext && (
        <div className="buttons" style={{ marginTop: 16 }}>
          <Button variant="filled" onClick={onNext}>
            Open the next case
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['↵']} />
            </span>
          </Button>
        </div>
      )}
    </>
  )
}

function titleOf(matter: CaseForDesk): string {
  switch (matter.state) {
    case 'restoring':
      return 'It is decided. The shop is being read back.'
    case 'answered':
      return 'It is answered. The seller can still ask another desk.'
    case 'closed':
      return 'It is decided and closed.'
    case 'open':
      return 'It is open.'
  }
}

function RestorationWords({ restoration }: { restoration: Restoration }) {
  switch (restoration.state) {
    case 'back':
      return (
        <>
          Seen back in the shop
          {restoration.seenAt !== null && (
            <>
              , <Past at={restoration.seenAt} />
            </>
          )}
          .
        </>
      )
    case 'not-in-shop':
      return <>The shop does not have this listing any more, so there is nothing to put back.</>
    case 'not-yet-back':
      return (
        <>
          Not yet back. The shop was told <Past at={restoration.since} />, and we read it back until
          it agrees.
        </>
      )
  }
}
