/** Imposing a measure by hand: choose it, see exactly what the seller and the shop would get, then confirm. */
import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { Imposition as ImpositionShape, ListingForDesk } from '../../contract/desk.ts'
import { Measure } from '../../core/measure.ts'
import { api, apiOnce, query } from '../api.ts'
import { nowHere } from '../clock.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import pageStyles from './page.module.css'
import {
  emptyImposition,
  endOf,
  missingFromImposition,
  type ImpositionDraft,
} from './imposition.ts'
import { MeasurePreview } from './measure-preview.tsx'
import { useOnceKey } from './once.ts'

type Imposition = z.infer<typeof ImpositionShape>

/** The form and, once previewed, the preview below it; nothing where the reader may impose nothing. */
export function ImposeMeasure({ listing }: { listing: ListingForDesk }) {
  const client = useQueryClient()
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
      await client.invalidateQueries({
        queryKey: query.desk.getListing.key({ input: { listingId: listing.id } }),
      })
      document.getElementById('undo')?.focus()
    },
  })
  if (listing.imposable.length === 0) return null

  const missing = missingFromImposition(draft, nowHere())
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
      <Radio.Group
        label="What happens to the listing"
        style={{ marginTop: 16 }}
        value={draft.measure}
        error={wordsFor('measure')}
        onChange={(measure) => change({ measure })}
      >
        <div className={pageStyles.options}>
          {listing.imposable.map(({ measure, tag, effect }) => (
            <Radio key={measure} value={measure} label={tag} description={effect} />
          ))}
        </div>
      </Radio.Group>
      <NativeSelect
        label="The rule it rests on"
        value={draft.policy}
        error={wordsFor('policy')}
        data={[
          { value: '', label: 'Choose a rule' },
          ...listing.policies.map(({ name, title, version }) => ({
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
      <TextInput
        type="date"
        label="Last day"
        description="Leave it empty for “until it is lifted”."
        style={{ marginTop: 16 }}
        value={draft.lastDay}
        error={wordsFor('lastDay')}
        onChange={(event) => change({ lastDay: event.currentTarget.value })}
      />
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
            const input = inputOf(listing.id, draft)
            if (missing.length === 0 && input) preview.mutate(input)
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

/** The request as it is sent twice: to preview it, and to impose exactly what was previewed. */
function inputOf(listingId: string, draft: ImpositionDraft): Imposition | null {
  const measure = Measure.safeParse(draft.measure)
  if (!measure.success) return null
  return {
    listingId,
    measure: measure.data,
    policy: draft.policy,
    reasons: draft.reasons.trim(),
    endsAt: endOf(draft.lastDay)?.toISOString() ?? null,
  }
}
