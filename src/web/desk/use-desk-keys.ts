/** Listens to the keyboard and hands each command to the page; G is remembered for one second and a half. */
import { useEffect, useRef } from 'react'
import { readKey, type DeskCommand } from './keys.ts'
import { keysAreOn } from './key-setting.ts'

const patience = 1_500

/** Calls `obey` for every command. It answers true when the command meant something here, so that the press goes no further. */
export function useDeskKeys(obey: (command: DeskCommand) => boolean): void {
  const latest = useRef(obey)
  useEffect(() => {
    latest.current = obey
  })
  useEffect(() => {
    let goingSince: number | null = null
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !keysAreOn() || isInDialog(event.target))
        return
      const going = goingSince !== null && event.timeStamp - goingSince < patience
      const read = readKey(
        {
          key: event.key,
          ctrl: event.ctrlKey || event.metaKey,
          alt: event.altKey,
          shift: event.shiftKey,
          inField: isField(event.target),
          onControl: isControl(event.target),
        },
        going,
      )
      goingSince = read.going ? event.timeStamp : null
      if (read.command === null) return
      if (read.command.do === 'leave') return leaveField(event.target)
      if (latest.current(read.command)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return (
    target instanceof HTMLInputElement &&
    !['radio', 'checkbox', 'button', 'submit'].includes(target.type)
  )
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('a, button, summary, input, [role="button"]') !== null
  )
}

/** A dialog has keys of its own, such as Esc to close it. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null
}

function leaveField(target: EventTarget | null): void {
  if (target instanceof HTMLElement) target.blur()
}
