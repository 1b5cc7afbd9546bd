/** The choice of a measure: what should happen, and then whether its narrower form is enough. */
import { Radio } from '@mantine/core'
import type { Family, ImpositionDraft, Offer } from './imposition.ts'
import pageStyles from './page.module.css'

interface MeasureChoiceProps {
  label: string
  families: readonly Family[]
  draft: ImpositionDraft
  /** Whether the marketplace told what there is to be paid out; without it no money can be held. */
  isMoneyKnown: boolean
  /** What is missing at a field, once the reader tried. */
  wordsFor: (field: keyof ImpositionDraft) => string | undefined
  onChange: (change: Partial<ImpositionDraft>) => void
}

/** Least harm first; where there is a narrower form, it is asked after before anything wider. */
export function MeasureChoice({
  label,
  families,
  draft,
  isMoneyKnown,
  wordsFor,
  onChange,
}: MeasureChoiceProps) {
  const family = families.find(({ wide }) => wide.measure === draft.family)
  return (
    <>
      <Radio.Group
        label={label}
        style={{ marginTop: 16 }}
        value={draft.family}
        error={wordsFor('family')}
        onChange={(chosen) => onChange({ family: chosen, measure: '' })}
      >
        <div className={pageStyles.options}>
          {families.map(({ wide, narrower }) => {
            const lacksMoney = wide.subject.kind === 'payouts' && !isMoneyKnown
            return (
              <Radio
                key={wide.measure}
                value={wide.measure}
                label={nameOf(wide)}
                disabled={lacksMoney}
                description={
                  lacksMoney
                    ? 'The marketplace has not told this seller’s balance, so there is no amount to hold.'
                    : narrower === null
                      ? wide.effect
                      : undefined
                }
              />
            )
          })}
        </div>
      </Radio.Group>
      {family?.narrower && (
        <Radio.Group
          label="A narrower one is enough?"
          value={draft.measure}
          error={wordsFor('measure')}
          onChange={(measure) => onChange({ measure })}
        >
          <div className={pageStyles.options}>
            {[family.narrower, family.wide].map((offer, place) => (
              <Radio
                key={offer.measure}
                value={offer.measure}
                label={place === 0 ? `Yes: ${tagOf(offer)}` : `No: ${tagOf(offer)}`}
                description={offer.effect}
              />
            ))}
          </div>
        </Radio.Group>
      )}
    </>
  )
}

/** "Suspended"; what is held is money, which the tag alone does not say. */
function nameOf({ subject, tag }: Offer): string {
  return subject.kind === 'payouts' ? `Payouts ${tag.toLowerCase()}` : tag
}

function tagOf(offer: Offer): string {
  return nameOf(offer).toLowerCase()
}
