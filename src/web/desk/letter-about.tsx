/** Whom and what a letter is about: suggested from what it says, chosen by the person who reads it. */
import { Button, Radio, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SuggestedSeller } from '../../contract/letter.ts'
import { query } from '../api.ts'
import type { LetterDraft } from './letter-draft.ts'
import styles from './letter.module.css'
import pageStyles from './page.module.css'

interface LetterAboutProps {
  draft: LetterDraft
  missing: string | undefined
  onChange: (change: Partial<LetterDraft>) => void
  /** Whether the chosen decision can be contested today; asked again when it is recorded. */
  onContestable: (isContestable: boolean) => void
}

export function LetterAbout({ draft, missing, onChange, onContestable }: LetterAboutProps) {
  const said = { text: draft.text.slice(0, 50_000), reference: draft.reference }
  const [asked] = useDebouncedValue(said, 600)
  const found = useQuery(
    query.letters.suggest.queryOptions({
      input: {
        text: asked.text,
        ...(asked.reference.trim() === '' ? {} : { reference: asked.reference.trim() }),
        ...(draft.sellerId === '' ? {} : { sellerId: draft.sellerId }),
      },
      enabled: asked.text.trim() !== '' || asked.reference.trim() !== '' || draft.sellerId !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const sellers = found.data?.sellers ?? []
  const isChosen = (id: string) => draft.sellerId === id
  return (
    <section aria-labelledby="about">
      <h2 id="about">Whom and what it is about</h2>
      <p className="second">
        {sellers.length === 0
          ? 'Numbers, names, addresses and references in the letter are looked up as you copy it. Or find the seller by hand.'
          : 'What the letter points to. You choose.'}
      </p>
      <div aria-live="polite">
        {sellers.map((seller) => (
          <Suggested
            key={seller.id}
            seller={seller}
            isChosen={isChosen(seller.id)}
            about={draft.about}
            onSeller={() =>
              onChange({ sellerId: seller.id, about: isChosen(seller.id) ? draft.about : '' })
            }
            onAbout={(about) => {
              onChange({ sellerId: seller.id, about })
              onContestable(
                seller.measures.find((each) => about === `decision:${each.decisionId}`)
                  ?.isContestable ?? false,
              )
            }}
          />
        ))}
      </div>
      <FindSeller onChoose={(sellerId) => onChange({ sellerId, about: '' })} />
      {missing !== undefined && (
        <p className={styles.missing} role="alert">
          {missing}
        </p>
      )}
    </section>
  )
}

interface SuggestedProps {
  seller: SuggestedSeller
  isChosen: boolean
  about: string
  onSeller: () => void
  onAbout: (about: string) => void
}

function Suggested({ seller, isChosen, about, onSeller, onAbout }: SuggestedProps) {
  return (
    <div className={`${styles.seller} ${isChosen ? styles.chosen : ''}`}>
      <div className={styles.sellerHead}>
        <div>
          <strong>{seller.name}</strong> <span className="third code">{seller.id}</span>
          {seller.because.length > 0 && <p className="small second">{seller.because.join(' ')}</p>}
        </div>
        {isChosen ? (
          <span className="small">chosen</span>
        ) : (
          <Button onClick={onSeller}>
            It is about them<span className="heard-only">: {seller.name}</span>
          </Button>
        )}
      </div>
      {isChosen && (
        <Radio.Group
          value={about}
          onChange={onAbout}
          label={`Of ${seller.name}, this`}
          className={styles.choices ?? ''}
        >
          <div className={pageStyles.options}>
            {seller.cases.map(({ id, words, isNamed }) => (
              <Radio
                key={id}
                value={`case:${id}`}
                label={words}
                description={isNamed ? 'Named in the letter' : undefined}
              />
            ))}
            {seller.measures.map(({ decisionId, number, words, isContestable, isNamed }) => (
              <Radio
                key={decisionId}
                value={`decision:${decisionId}`}
                label={`Decision ${number}: ${words}`}
                description={
                  [
                    isNamed ? 'Named in the letter.' : '',
                    isContestable ? '' : 'Contested already, or its time to appeal is over.',
                  ]
                    .join(' ')
                    .trim() || undefined
                }
              />
            ))}
            <Radio value="" label="Something else" />
          </div>
        </Radio.Group>
      )}
    </div>
  )
}

function FindSeller({ onChoose }: { onChoose: (sellerId: string) => void }) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 300)
  const found = useQuery(
    query.desk.findSellers.queryOptions({
      input: { search },
      enabled: search !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const sellers = search === '' ? [] : (found.data ?? []).slice(0, 6)
  return (
    <div style={{ marginTop: 16 }}>
      <TextInput
        label="Find the seller by hand"
        description="By name, id or address"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {search !== '' && (
        <div className="buttons" style={{ marginTop: 8 }} aria-live="polite">
          {sellers.length === 0 && <span className="second">Nobody is found.</span>}
          {sellers.map(({ id, name }) => (
            <Button
              key={id}
              onClick={() => {
                onChoose(id)
                setTyped('')
              }}
            >
              {name} ({id})
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
