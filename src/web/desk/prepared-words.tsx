/** Prepared words to choose from: a list that one searches and walks by the keyboard, and how each reads here. */
import { TextInput } from '@mantine/core'
import { useId, useState, type KeyboardEvent } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import type { FilledMacro } from '../../contract/macro.ts'
import { TextLink } from '../parts/button-link.tsx'
import { count } from '../parts/time-words.ts'
import { FieldText } from './field-text.tsx'
import { findPrepared } from './macro-words.ts'
import macroStyles from './macros.module.css'

type Prepared = Pick<FilledMacro, 'id' | 'name' | 'text' | 'lacking'>

interface PreparedWordsProps {
  opened: boolean
  onClose: () => void
  /** Null while they are being loaded. */
  macros: readonly Prepared[] | null
  onChoose: (macro: Prepared) => void
}

/** Arrow keys choose, Enter takes it into the text, where it is only a beginning. */
export function PreparedWords({ opened, onClose, macros, onChoose }: PreparedWordsProps) {
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title="Prepared words"
      closeLabel="Close the prepared words"
      size="lg"
    >
      <Choosing macros={macros} onChoose={onChoose} />
    </Dialog>
  )
}

function Choosing({ macros, onChoose }: Pick<PreparedWordsProps, 'macros' | 'onChoose'>) {
  const listId = useId()
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const found = findPrepared(macros ?? [], search)
  const place = Math.min(at, Math.max(0, found.length - 1))
  const shown = found[place]
  const optionId = (id: string) => `${listId}-${id}`

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      const next = Math.min(found.length - 1, Math.max(0, place + by))
      setAt(next)
      document.getElementById(optionId(found[next]?.id ?? ''))?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault()
      onChoose(shown)
    }
  }

  if (macros?.length === 0)
    return (
      <p className="second">
        Nothing is prepared for this yet.{' '}
        <TextLink to="/desk/macros">Prepare words for your desk</TextLink>
      </p>
    )
  return (
    <>
      <TextInput
        data-autofocus
        label="Search"
        autoComplete="off"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown ? optionId(shown.id) : undefined}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <p className="heard-only" role="status">
        {macros !== null && `${count(found.length, 'text')} found`}
      </p>
      <ul id={listId} role="listbox" aria-label="Prepared words" className={macroStyles.choices}>
        {found.map((macro, index) => (
          <li
            key={macro.id}
            id={optionId(macro.id)}
            role="option"
            aria-selected={index === place}
            onMouseMove={() => setAt(index)}
            onClick={() => onChoose(macro)}
          >
            {macro.name}
            {macro.lacking.length > 0 && (
              <span>{count(macro.lacking.length, 'field')} to fill by hand</span>
            )}
          </li>
        ))}
      </ul>
      {found.length === 0 && macros !== null && <p className="second">Nothing fits that.</p>}
      {shown && (
        <div className={macroStyles.reads}>
          <p className="third">How it reads here. It is yours to change before you send it.</p>
          <FieldText text={shown.text} />
        </div>
      )}
    </>
  )
}
