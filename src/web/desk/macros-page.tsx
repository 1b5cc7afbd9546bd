/** Prepared words are kept here, by desk: its people write them, everybody who works here reads them. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MacroForDesk, Macros } from '../../contract/macro.ts'
import { macroUses } from '../../core/macro.ts'
import { api, query } from '../api.ts'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past, TimeProvider } from '../parts/time.tsx'
import { FieldText } from './field-text.tsx'
import { MacroForm, type MacroDraft } from './macro-form.tsx'
import { macrosSentence, useWords } from './macro-words.ts'
import macroStyles from './macros.module.css'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'

/** The page at `/desk/macros`. */
export function MacrosPage() {
  return <StaffPage>{() => <Prepared />}</StaffPage>
}

function Prepared() {
  const found = useQuery(query.macros.list.queryOptions())
  return (
    <div className={pageStyles.page}>
      <Pending of={found} what="the prepared words" isPage>
        {(data) => (
          <TimeProvider serverNow={data.now} receivedAt={found.dataUpdatedAt}>
            <PageTitle tab="Prepared words">{macrosSentence(data)}</PageTitle>
            <p className="second" style={{ marginTop: 8, maxWidth: 760 }}>
              They fill a text box with what is so of a case, and a person goes on from there. A
              seller who is told no never reads prepared words alone: the desk has to add what it
              saw in that very case.
            </p>
            <div className={pageStyles.split}>
              <div>
                {data.macros.length === 0 && (
                  <Empty>
                    What your desk writes often can be prepared once. At a case, the key I brings it
                    into the text.
                  </Empty>
                )}
                {ownFirst(data.desks).map((desk) => (
                  <OfDesk
                    key={desk.name}
                    desk={desk}
                    macros={data.macros.filter((macro) => macro.desk === desk.name)}
                    fields={data.fields}
                  />
                ))}
              </div>
              <Add desks={data.desks} fields={data.fields} />
            </div>
          </TimeProvider>
        )}
      </Pending>
    </div>
  )
}

type Desk = Macros['desks'][number]

function ownFirst(desks: readonly Desk[]): Desk[] {
  return [...desks.filter(({ mayWrite }) => mayWrite), ...desks.filter(({ mayWrite }) => !mayWrite)]
}

interface OfDeskProps {
  desk: Desk
  macros: readonly MacroForDesk[]
  fields: Macros['fields']
}

function OfDesk({ desk, macros, fields }: OfDeskProps) {
  if (macros.length === 0) return null
  return (
    <section className={pageStyles.section} aria-labelledby={`desk-${desk.name}`}>
      <h2 id={`desk-${desk.name}`}>{desk.title}</h2>
      {macroUses.map((use) => {
        const those = macros.filter((macro) => macro.use === use)
        if (those.length === 0) return null
        return (
          <div key={use} className={macroStyles.group}>
            <h3>{useWords[use].title}</h3>
            {those.map((macro) => (
              <Macro key={macro.id} macro={macro} mayWrite={desk.mayWrite} fields={fields} />
            ))}
          </div>
        )
      })}
    </section>
  )
}

interface MacroProps {
  macro: MacroForDesk
  mayWrite: boolean
  fields: Macros['fields']
}

function Macro({ macro, mayWrite, fields }: MacroProps) {
  const [doing, go] = useState<'change' | 'remove' | null>(null)
  const change = useMacroChange(({ use, name, text }: MacroDraft) =>
    api.macros.change({ macroId: macro.id, use, name, text }),
  )
  const remove = useMacroChange(() => api.macros.remove({ macroId: macro.id }))
  return (
    <article className={macroStyles.macro} aria-labelledby={macro.id}>
      <div className={macroStyles.macroHead}>
        <h4 id={macro.id}>{macro.name}</h4>
        {mayWrite && (
          <div className="buttons">
            <Button
              size="xs"
              aria-expanded={doing === 'change'}
              onClick={() => go(doing === 'change' ? null : 'change')}
            >
              Change<span className="heard-only"> {macro.name}</span>
            </Button>
            <Button
              size="xs"
              aria-expanded={doing === 'remove'}
              onClick={() => go(doing === 'remove' ? null : 'remove')}
            >
              Remove<span className="heard-only"> {macro.name}</span>
            </Button>
          </div>
        )}
      </div>
      <FieldText text={macro.text} />
      <p className="small third">
        {macro.madeBy}, <Past at={macro.madeAt} />
      </p>
      {doing === 'change' && (
        <div className={`sheet ${pageStyles.imposeSheet}`} style={{ marginTop: 12 }}>
          <MacroForm
            initial={macro}
            desks={null}
            fields={fields}
            send="Save"
            isSending={change.isPending}
            error={change.error}
            onSend={(draft) => change.mutate(draft)}
            onCancel={() => go(null)}
          />
        </div>
      )}
      {doing === 'remove' && (
        <div role="group" aria-label={`Remove ${macro.name}`} style={{ marginTop: 8 }}>
          <p>Nobody is offered it any more. What was sent with it stays as it was.</p>
          {remove.error && <ProblemNote error={remove.error} />}
          <div className="buttons" style={{ marginTop: 8 }}>
            <Button
              size="xs"
              variant="filled"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined)}
            >
              Remove it
            </Button>
            <Button size="xs" onClick={() => go(null)}>
              Leave it as it is
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}

function Add({ desks, fields }: Pick<Macros, 'desks' | 'fields'>) {
  const own = desks.filter(({ mayWrite }) => mayWrite)
  const [place, setPlace] = useState(0)
  const [told, tell] = useState('')
  const add = useMacroChange(
    (draft: MacroDraft) => api.macros.add(draft),
    ({ name }) => {
      tell(`“${name}” is prepared.`)
      // A new form for the next one.
      setPlace(place + 1)
    },
  )
  if (own.length === 0)
    return (
      <aside>
        <p className="second">The people of a desk write its words.</p>
      </aside>
    )
  return (
    <aside
      className={`sheet ${pageStyles.imposeSheet} ${macroStyles.add}`}
      aria-labelledby="add-macro"
    >
      <h2 id="add-macro">Prepare words</h2>
      <p role="status" className="small second" style={{ margin: '4px 0 12px' }}>
        {told}
      </p>
      <MacroForm
        key={place}
        initial={{ desk: own[0]?.name ?? '', use: 'answer', name: '', text: '' }}
        desks={own}
        fields={fields}
        send="Prepare them"
        isSending={add.isPending}
        error={add.error}
        onSend={(draft) => add.mutate(draft)}
      />
    </aside>
  )
}

/** Does something to the words of a desk, and then reads them anew. */
function useMacroChange<Input>(
  change: (input: Input) => Promise<unknown>,
  onDone?: (input: Input) => void,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (_output, input) => {
      onDone?.(input)
      await client.invalidateQueries({ queryKey: query.macros.key() })
    },
  })
}
