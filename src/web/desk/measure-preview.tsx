/** The preview of a measure: the statement and the mail as the seller would get them, and the shop before and after. */
import { Button, Modal } from '@mantine/core'
import type { Client } from '../../contract/client.ts'
import { statementTitle } from '../../core/statement.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import styles from './desk.module.css'
import pageStyles from './page.module.css'
import { StatementText } from './statement-text.tsx'
import { stateWords } from './state-words.ts'

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
  return (
    <Modal
      opened
      onClose={onBack}
      size={1080}
      title="This is exactly what the seller will read. Nothing has happened yet."
      closeButtonProps={{ 'aria-label': 'Close the preview' }}
      radius={8}
      shadow="none"
      overlayProps={{ color: '#000', backgroundOpacity: 0.4 }}
      classNames={{
        content: styles.dialog ?? '',
        header: styles.dialogHead ?? '',
        title: styles.dialogTitle ?? '',
      }}
    >
      <section className={pageStyles.change} aria-label="What the shop shows">
        <span className="label">The shop shows it</span>
        <Tag tone={owedBefore.offered && owedBefore.searchable ? 'green' : 'red'}>
          {stateWords(owedBefore)}
        </Tag>
        <span className="label">and would show it</span>
        <Tag tone={owedAfter.offered && owedAfter.searchable ? 'green' : 'red'}>
          {stateWords(owedAfter)}
        </Tag>
        {stateWords(owedBefore) === stateWords(owedAfter) && (
          <span className="second">
            Another measure already has this effect; this one would stay when the other is lifted.
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
    </Modal>
  )
}
