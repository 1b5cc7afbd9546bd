/** The text of a document with line numbers, its gaps and mistakes at their lines; typed in where the reader may. */
import { memo, useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react'
import type { DocumentError } from '../../core/document.ts'
import styles from './text-pane.module.css'
import { tokensOf } from './yaml-tokens.ts'

/** In step with `text-pane.module.css`: lines have one height, so that their place is known. */
const LINE_HEIGHT = 18
const PADDING = 10

const none: readonly never[] = []

interface TextPaneProps {
  /** "The text of the procedure": what the field is called. */
  label: string
  text: string
  isReadOnly: boolean
  errors: readonly DocumentError[]
  notes?: readonly { number: number; lines: number[] }[]
  chosen?: number | null
  onChange: (text: string) => void
  /** A line with gaps was pressed; its first number, or the next one where one of them is chosen. */
  onChoose?: (number: number) => void
  /** What the text is to be scrolled to; a new object scrolls again. */
  goal: { line: number } | null
  field: RefObject<HTMLTextAreaElement | null>
}

/** The words that can be typed in lie exactly over the ones that are coloured. */
export function TextPane(props: TextPaneProps) {
  const { label, text, isReadOnly, errors, onChange, onChoose, goal, field } = props
  const { notes = none, chosen = null } = props
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => text.split('\n'), [text])
  const numbers = useMemo(() => numbersByLine(notes), [notes])
  const wrong = useMemo(() => errorsByLine(errors), [errors])
  useEffect(() => {
    const pane = scroller.current
    if (goal === null || pane === null) return
    const top = PADDING + (goal.line - 1) * LINE_HEIGHT
    const isSeen = top > pane.scrollTop + 40 && top < pane.scrollTop + pane.clientHeight - 60
    if (!isSeen) pane.scrollTo({ top: Math.max(0, top - pane.clientHeight / 3), left: 0 })
  }, [goal])
  const choose = () => {
    const at = field.current?.selectionStart ?? 0
    const own = numbers.get(text.slice(0, at).split('\n').length) ?? []
    const next = own[(own.indexOf(chosen ?? -1) + 1) % Math.max(1, own.length)]
    if (next !== undefined) onChoose?.(next)
  }
  return (
    <div className={styles.pane} ref={scroller}>
      <div className={styles.stack}>
        <div className={styles.lines} aria-hidden="true">
          {lines.map((line, index) => (
            <Line
              key={index}
              number={index + 1}
              line={line}
              gaps={numbers.get(index + 1)}
              chosen={chosen}
              errors={wrong.get(index + 1) ?? none}
            />
          ))}
        </div>
        <textarea
          ref={field}
          className={styles.field}
          aria-label={label}
          aria-describedby="text-errors"
          aria-invalid={errors.length > 0 || undefined}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          wrap="off"
          readOnly={isReadOnly}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onClick={choose}
          onKeyDown={(event) => keepIndent(event, onChange)}
        />
      </div>
    </div>
  )
}

interface LineProps {
  number: number
  line: string
  gaps: readonly number[] | undefined
  chosen: number | null
  errors: readonly DocumentError[]
}

/** One that has not changed is not drawn anew: a policy has thousands of words. */
const Line = memo(function Line({ number, line, gaps = none, chosen, errors }: LineProps) {
  const isChosen = chosen !== null && gaps.includes(chosen)
  return (
    <div
      className={styles.line}
      data-gap={gaps.length > 0 || undefined}
      data-chosen={isChosen || undefined}
      data-wrong={errors.length > 0 || undefined}
    >
      <span className={styles.number}>{number}</span>
      {tokensOf(line).map(({ text, kind }, place) => (
        <span key={place} className={styles[kind]}>
          {text}
        </span>
      ))}
      {errors.map(({ column, message }) => (
        <span key={`${column} ${message}`} className={styles.wrong}>
          {column}: {message}
        </span>
      ))}
      {gaps.length > 0 && (
        <span className={styles.badges}>
          {gaps.map((gap) => (
            <b key={gap} data-chosen={gap === chosen || undefined}>
              {gap}
            </b>
          ))}
        </span>
      )}
    </div>
  )
})

function errorsByLine(errors: readonly DocumentError[]): Map<number, DocumentError[]> {
  const wrong = new Map<number, DocumentError[]>()
  for (const error of errors) wrong.set(error.line, [...(wrong.get(error.line) ?? []), error])
  return wrong
}

function numbersByLine(notes: NonNullable<TextPaneProps['notes']>): Map<number, number[]> {
  const numbers = new Map<number, number[]>()
  for (const { number, lines } of notes)
    for (const line of lines) numbers.set(line, [...(numbers.get(line) ?? []), number])
  return numbers
}

/** Enter goes on under the line before, as one writes YAML; the browser's own undo takes it back. */
function keepIndent(event: KeyboardEvent<HTMLTextAreaElement>, onChange: (text: string) => void) {
  const { key, ctrlKey, metaKey, altKey, shiftKey, nativeEvent } = event
  if (key !== 'Enter' || ctrlKey || metaKey || altKey || shiftKey || nativeEvent.isComposing) return
  const field = event.currentTarget
  if (field.readOnly) return
  const before = field.value.slice(0, field.selectionStart)
  const indent = /(?:^|\n)([ ]*)[^\n]*$/.exec(before)?.[1] ?? ''
  if (indent === '') return
  event.preventDefault()
  // The old way of typing by script is the only one that undo still knows.
  if (document.execCommand('insertText', false, `\n${indent}`)) return
  field.setRangeText(`\n${indent}`, field.selectionStart, field.selectionEnd, 'end')
  onChange(field.value)
}
