/** The form of prepared words: for which desk and what, the words with their fields, and how they would read. */
import { Button, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { MacroForDesk, Macros } from '../../contract/macro.ts'
import { fillMacro, longestMacro, macroUses } from '../../core/macro.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { FieldText } from './field-text.tsx'
import { exampleValues, useWords } from './macro-words.ts'
import macroStyles from './macros.module.css'
import pageStyles from './page.module.css'

export type MacroDraft = Pick<MacroForDesk, 'desk' | 'use' | 'name' | 'text'>

interface MacroFormProps {
  initial: MacroDraft
  /** Those to choose from; null where the words stay at their desk. */
  desks: Macros['desks'] | null
  fields: Macros['fields']
  send: string
  isSending: boolean
  error: unknown
  onSend: (draft: MacroDraft) => void
  onCancel?: () => void
}

/** Says what is missing at the field, once one has tried to send it. */
export function MacroForm(props: MacroFormProps) {
  const { initial, desks, fields, send, isSending, error, onSend, onCancel } = props
  const [draft, setDraft] = useState<MacroDraft>({
    desk: initial.desk,
    use: initial.use,
    name: initial.name,
    text: initial.text,
  })
  const [wasTried, setTried] = useState(false)
  const change = (part: Partial<MacroDraft>) => setDraft({ ...draft, ...part })
  const missing = {
    name: draft.name.trim() === '' ? 'Say how colleagues find it.' : null,
    text: draft.text.trim() === '' ? 'Write the words.' : null,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing.name === null && missing.text === null) onSend(draft)
  }
  return (
    <form onSubmit={submit} noValidate className={macroStyles.form}>
      {desks !== null && desks.length > 1 && (
        <Select
          mb={12}
          label="For which desk"
          data={desks.map(({ name, title }) => ({ value: name, label: title }))}
          allowDeselect={false}
          value={draft.desk}
          onChange={(desk) => desk !== null && change({ desk })}
        />
      )}
      <Radio.Group
        label="For what"
        value={draft.use}
        onChange={(use) => {
          const chosen = macroUses.find((each) => each === use)
          if (chosen) change({ use: chosen })
        }}
      >
        <div className={pageStyles.options}>
          {macroUses.map((use) => (
            <Radio key={use} value={use} label={useWords[use].title} />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        label="Name"
        description="By which colleagues find it."
        maxLength={100}
        value={draft.name}
        error={wasTried && missing.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Textarea
        mt={12}
        label="The words"
        autosize
        minRows={4}
        maxRows={14}
        maxLength={longestMacro}
        value={draft.text}
        error={wasTried && missing.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <dl className={macroStyles.fields}>
        {fields.map(({ field, says }) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{`{${field}}`}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      {draft.text.trim() !== '' && (
        <div className={macroStyles.reads} style={{ marginBottom: 12 }}>
          <p className="small third">How it reads for a made-up case</p>
          <FieldText text={fillMacro(draft.text, exampleValues).text} />
        </div>
      )}
      {error !== null && error !== undefined && (
        <ProblemNote error={error} safe="Nothing was saved. What you wrote is still here." />
      )}
      <div className="buttons" style={{ marginTop: 12 }}>
        <Button type="submit" variant="filled" loading={isSending}>
          {send}
        </Button>
        {onCancel && <Button onClick={onCancel}>Leave it as it is</Button>}
      </div>
    </form>
  )
}
