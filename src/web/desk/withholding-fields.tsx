/** Keeping back how a suspicion was detected: how and why are written down for colleagues, and the rest is told as ever. */
import { Checkbox, Radio, Textarea } from '@mantine/core'
import type { ImpositionDraft } from './imposition.ts'
import pageStyles from './page.module.css'

interface WithholdingFieldsProps {
  draft: ImpositionDraft
  wordsFor: (field: keyof ImpositionDraft) => string | undefined
  onChange: (change: Partial<ImpositionDraft>) => void
}

/** One box to tick, and what it asks for. */
export function WithholdingFields({ draft, wordsFor, onChange }: WithholdingFieldsProps) {
  return (
    <div style={{ marginTop: 16 }}>
      <Checkbox
        label="Withhold how it was detected"
        description="Only the method. Your reasons above stay the facts that the seller must answer; the rule, what would reverse it and the ways to contest are told in any case."
        checked={draft.withholds}
        onChange={(event) => onChange({ withholds: event.currentTarget.checked })}
      />
      {draft.withholds && (
        <div style={{ marginTop: 12 }}>
          <Radio.Group
            label="What pointed to it"
            value={draft.detectedBy}
            error={wordsFor('detectedBy')}
            onChange={(detectedBy) => onChange({ detectedBy })}
          >
            <div className={pageStyles.options}>
              <Radio value="machine" label="Software" />
              <Radio value="person" label="A person" />
            </div>
          </Radio.Group>
          <Textarea
            label="How it was detected"
            description="The seller does not read it. Whoever decides an appeal does, and so do auditors."
            className="written-input"
            autosize
            minRows={2}
            maxRows={8}
            maxLength={10_000}
            value={draft.method}
            error={wordsFor('method')}
            onChange={(event) => onChange({ method: event.currentTarget.value })}
          />
          <Textarea
            label="Why it is withheld"
            description="For the same readers, such as: it would show thieves how they are seen."
            className="written-input"
            style={{ marginTop: 16 }}
            autosize
            minRows={1}
            maxRows={6}
            maxLength={10_000}
            value={draft.withheldBecause}
            error={wordsFor('withheldBecause')}
            onChange={(event) => onChange({ withheldBecause: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  )
}
