/** Imposing a measure by hand: choose it, see exactly what the seller and the shop would get, then confirm. */
import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { SellerForDesk } from '../../contract/desk-seller.ts'
import { sayMoney } from '../../core/saying.ts'
import { mayWithhold } from '../../core/withholding.ts'
import { api, apiOnce } from '../api.ts'
import { nowHere } from '../clock.ts'
import { TextLink } from '../parts/button-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import pageStyles from './page.module.css'
import {
  emptyImposition,
  familiesOf,
  impositionOf,
  missingFromImposition,
  needsEnd,
  offerOf,
  takesEnd,
  type ImpositionDraft,
  type Offer,
} from './imposition.ts'
import { MeasureChoice } from './measure-choice.tsx'
import { MeasurePreview } from './measure-preview.tsx'
import { useOnceKey } from '../parts/once.ts'
import { WithholdingFields } from './withholding-fields.tsx'

type Imposition = ReturnType<typeof impositionOf>

interface ImposeMeasureProps {
  /** "What happens to the listing". */
  label: string
  /** What the reader may impose here; nothing is drawn where that is nothing. */
  offers: readonly Offer[]
  policies: readonly { name: string; title: string; version: number }[]
  /** What there is to hold; null where the marketplace told nothing, or nothing of money is offered. */
  balance?: SellerForDesk['balance']
  exceptions?: SellerForDesk['exceptions']
  /** What is asked again when it is imposed. */
  queryKey: QueryKey
}

/** The form and, once previewed, the preview over it. */
export function ImposeMeasure({
  label,
  offers,
  policies,
  balance = null,
  exceptions = [],
  queryKey,
}: ImposeMeasureProps) {
  const client = useQueryClient()
  // Whoever came from a confirmed complaint or ring imposes what leans on it.
  const { complaint: complaintCase = null, ring = null } = useSearch({ strict: false })
  const [draft, setDraft] = useState<ImpositionDraft>(emptyImposition)
  const [wasTried, setTried] = useState(false)
  const keyOf = useOnceKey()
  const preview = useMutation({ mutationFn: (input: Imposition) => api.desk.previewMeasure(input) })
  const impose = useMutation({
    mutationFn: (input: Imposition) => apiOnce(keyOf(input)).desk.imposeMeasure(input),
    onSuccess: async () => {
      setDraft(emptyImposition)
      setTried(false)
      preview.reset()
      await client.invalidateQueries({ queryKey })
      document.getElementById('undo')?.focus()
    },
  })
  if (offers.length === 0) return null

  const families = familiesOf(offers)
  const offer = offerOf(draft, families)
  const missing = missingFromImposition(draft, { families, balance, now: nowHere() })
  const wordsFor = (field: keyof ImpositionDraft) =>
    wasTried ? missing.find((each) => each.field === field)?.words : undefined
  const change = (part: Partial<ImpositionDraft>) => {
    setDraft({ ...draft, ...part })
    // A preview shows what was written then; after a change it would lie.
    preview.reset()
    impose.reset()
  }
  return (
    <section
      className={`sheet ${pageStyles.imposeSheet}`}
      style={{ marginTop: 20 }}
      aria-labelledby="impose"
    >
      <h2 id="impose">Impose a measure by hand</h2>
      <p className="second">
        The seller gets a complete statement with your reasons. You see it first, and for a minute
        afterwards you can undo it.
      </p>
      {complaintCase !== null && (
        <p className="second" style={{ marginTop: 4 }}>
          It leans on{' '}
          <TextLink to="/desk/cases/$caseId" params={{ caseId: complaintCase }}>
            the complaint that you came from
          </TextLink>
          , and falls with it.
        </p>
      )}
      {ring !== null && (
        <p className="second" style={{ marginTop: 4 }}>
          It leans on{' '}
          <TextLink to="/desk/rings/$ringId" params={{ ringId: ring }}>
            the ring that you came from
          </TextLink>
          , whose page shows it from then on.
        </p>
      )}
      <MeasureChoice
        label={label}
        families={families}
        draft={draft}
        isMoneyKnown={balance !== null}
        wordsFor={wordsFor}
        onChange={change}
      />
      {offer?.measure === 'account.close' && (
        <Closing
          exceptions={exceptions}
          chosen={draft.exception}
          onChoose={(exception) => change({ exception })}
        />
      )}
      <NativeSelect
        label="The rule it rests on"
        value={draft.policy}
        error={wordsFor('policy')}
        data={[
          { value: '', label: 'Choose a rule' },
          ...policies.map(({ name, title, version }) => ({
            value: name,
            label: `${title}, version ${version}`,
          })),
        ]}
        onChange={(event) => change({ policy: event.currentTarget.value })}
      />
      <Textarea
        label="Your reasons"
        description="The seller reads them as the facts, with your first name."
        className="written-input"
        style={{ marginTop: 16 }}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={10_000}
        value={draft.reasons}
        error={wordsFor('reasons')}
        onChange={(event) => change({ reasons: event.currentTarget.value })}
      />
      {offer !== null && mayWithhold(offer.measure) && (
        <WithholdingFields draft={draft} wordsFor={wordsFor} onChange={change} />
      )}
      {offer?.measure === 'payout.hold' && balance !== null && (
        <TextInput
          label={`How much is held, in ${balance.currency}`}
          description={`${sayMoney(balance.available, balance.currency)} is there to be paid out; buyers dispute ${sayMoney(balance.disputed, balance.currency)} of it. What is above the amount is paid as before.`}
          inputMode="decimal"
          style={{ marginTop: 16 }}
          value={draft.amount}
          error={wordsFor('amount')}
          onChange={(event) => change({ amount: event.currentTarget.value })}
        />
      )}
      {offer?.measure === 'payout.hold.narrowed' && balance !== null && (
        <p style={{ marginTop: 16 }}>
          Buyers dispute {sayMoney(balance.disputed, balance.currency)}; that much is held, and the
          rest is paid as before.
        </p>
      )}
      {(offer === null || takesEnd(offer)) && (
        <TextInput
          type="date"
          label="Last day"
          description={
            offer !== null && needsEnd(offer)
              ? 'Money is never held without a date. It is free again by itself the day after.'
              : 'Leave it empty for “until it is lifted”.'
          }
          style={{ marginTop: 16 }}
          value={draft.lastDay}
          error={wordsFor('lastDay')}
          onChange={(event) => change({ lastDay: event.currentTarget.value })}
        />
      )}
      {preview.error && (
        <div style={{ marginTop: 16 }}>
          <ProblemNote error={preview.error} safe="Nothing was imposed." />
        </div>
      )}
      <div className="buttons" style={{ marginTop: 20 }}>
        <Button
          variant="filled"
          loading={preview.isPending}
          onClick={() => {
            setTried(true)
            if (missing.length === 0 && offer)
              preview.mutate(impositionOf(draft, offer, { complaintCase, ring }))
          }}
        >
          Preview what the seller reads
        </Button>
      </div>
      <p className="second" role="status" style={{ marginTop: 8 }}>
        {wasTried && missing.length > 0 && 'Something is missing above.'}
      </p>
      {preview.data && preview.variables && (
        <MeasurePreview
          preview={preview.data}
          error={impose.error}
          isSending={impose.isPending}
          onConfirm={() => impose.mutate(preview.variables)}
          onBack={() => preview.reset()}
        />
      )}
    </section>
  )
}

/** What the law says of a closing, and the only ways around it. */
function Closing({
  exceptions,
  chosen,
  onChoose,
}: {
  exceptions: SellerForDesk['exceptions']
  chosen: string
  onChoose: (exception: string) => void
}) {
  return (
    <Radio.Group
      label="From when it counts"
      description="A closing counts 30 days after its statement, and the seller may appeal from the first. Under an exception a second person can agree that it counts at once."
      value={chosen}
      onChange={onChoose}
    >
      <div className={pageStyles.options}>
        <Radio value="" label="After 30 days" />
        {exceptions.map(({ name, words }) => (
          <Radio key={name} value={name} label={words} />
        ))}
      </div>
    </Radio.Group>
  )
}
