/** The preview of a measure: the statement and the mail as the seller would get them, and the shop before and after. */
import { Button } from '@mantine/core'
import { Dialog } from '../parts/dialog.tsx'
import type { Client } from '../../contract/client.ts'
import { statementTitle, type Statement } from '../../core/statement.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Moment, useClock } from '../parts/time.tsx'
import pageStyles from './page.module.css'
import { StatementText } from './statement-text.tsx'
import { isWhollyOpen, owedWords } from './state-words.ts'

type Preview = Awaited<ReturnType<Client['desk']['previewMeasure']>>

interface MeasurePreviewProps {
  preview: Preview
  error: Error | null
  isSending: boolean
  onConfirm: () => void
  onBack: () => void
}

/** A dialog, because nothing else should be pressed while one reads it. */
export function MeasurePreview({
  preview,
  error,
  isSending,
  onConfirm,
  onBack,
}: MeasurePreviewProps) {
  const { statement, mail, owedBefore, owedAfter } = preview
  const money = { ...useClock(), currency: statement.terms?.currency ?? null }
  const before = owedWords(owedBefore, money)
  const after = owedWords(owedAfter, money)
  return (
    <Dialog
      opened
      onClose={onBack}
      size={1080}
      title="This is exactly what the seller will read. Nothing has happened yet."
      closeLabel="Close the preview"
    >
      <section className={pageStyles.change} aria-label="What the shop shows">
        <span className="label">{shows[statement.subject.kind]}</span>
        <Tag tone={isWhollyOpen(owedBefore) ? 'green' : 'red'}>{before}</Tag>
        <span className="label">and would then</span>
        <Tag tone={isWhollyOpen(owedAfter) ? 'green' : 'red'}>{after}</Tag>
        {before === after && <span className="second">{unchangedWords(statement)}</span>}
        {statement.measure.name === 'account.close' && (
          <span className="second">
            It counts from <Moment at={statement.effectiveAt} />, 30 days after the statement.
          </span>
        )}
      </section>
      <div className={pageStyles.previewGrid}>
        <section aria-labelledby="preview-statement">
          <h2 id="preview-statement">The statement</h2>
          <p className="second" style={{ margin: '4px 0 8px' }}>
            {statementTitle(statement)}
          </p>
          <StatementText statement={statement} />
        </section>
        <section aria-labelledby="preview-mail">
          <h2 id="preview-mail">The mail</h2>
          <div className={`sheet ${pageStyles.paper}`} style={{ marginTop: 8 }}>
            <h3>{mail.subject}</h3>
            <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', marginTop: 8 }}>
              {mail.text}
            </p>
          </div>
        </section>
      </div>
      {error && (
        <div style={{ marginTop: 16 }}>
          <ProblemNote error={error} safe="Nothing was imposed, and what you wrote is kept." />
        </div>
      )}
      <div className="buttons" style={{ marginTop: 20 }}>
        <Button variant="filled" loading={isSending} onClick={onConfirm}>
          Impose it: {statement.measure.tag.toLowerCase()}
        </Button>
        <Button onClick={onBack}>Go back and change it</Button>
        <span className="second">
          For 60 seconds you can undo it. Until then neither the seller nor the shop is told.
        </span>
      </div>
    </Dialog>
  )
}

const shows = {
  listing: 'The shop shows it now',
  account: 'The account is now',
  payouts: 'Payouts are now',
} as const satisfies Record<Statement['subject']['kind'], string>

/** Why the levers stay where they are. */
function unchangedWords({ measure }: Statement): string {
  return measure.name === 'account.warn'
    ? 'A warning takes nothing; it is on record.'
    : 'Another measure already has this effect; this one would stay when the other is lifted.'
}
