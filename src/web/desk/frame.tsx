/** The frame of the desk: queue, case and decision side by side, each scrolling by itself, with a way to skip to each. */
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { DeskKey } from './desk-key.tsx'
import styles from './desk.module.css'
import { KeyHelp } from './key-help.tsx'
import { useDeskKeys } from './use-desk-keys.ts'
import type { DeskCommand } from './keys.ts'

export const panes = {
  queue: 'desk-queue',
  matter: 'desk-case',
  decision: 'desk-decision',
} as const

interface FrameProps {
  queue: ReactNode
  matter: ReactNode
  decision: ReactNode
  /** On a phone the queue folds away while a case is open. */
  isCase?: boolean
  /** What stands at the right of the foot, such as until when the reader holds the case. */
  foot?: ReactNode
  /** Obeys a command; answers whether it meant something here. */
  obey: (command: DeskCommand) => boolean
}

/** Lays out the three panes and listens to the keys. */
export function Frame({ queue, matter, decision, foot, isCase = false, obey }: FrameProps) {
  const [helpOpened, help] = useDisclosure(false)
  const isPhone = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
  useDeskKeys((command) => {
    switch (command.do) {
      case 'help':
        help.open()
        return true
      case 'queue':
        focusFirst(panes.queue)
        return true
      case 'next':
      case 'previous':
      case 'open':
      case 'pull':
      case 'release':
      case 'choose':
      case 'ask':
      case 'write':
      case 'forward':
      case 'similar':
      case 'note':
      case 'macro':
      case 'pick':
      case 'together':
      case 'objection':
      case 'listing':
      case 'evidence':
      case 'blur':
      case 'decide':
      case 'undo':
      case 'leave':
      case 'back':
        return obey(command)
    }
  })
  return (
    <div className={styles.frame}>
      <SkipLink to={panes.matter} words="Skip to the case" />
      <SkipLink to={panes.decision} words="Skip to the decision" />
      <nav
        id={panes.queue}
        className={`${styles.pane} ${styles.queue}`}
        aria-label="Queue"
        tabIndex={-1}
      >
        {isCase && isPhone ? (
          <details className={styles.queueFold}>
            <summary>Show the queue</summary>
            {queue}
          </details>
        ) : (
          queue
        )}
      </nav>
      <section
        id={panes.matter}
        className={`${styles.pane} ${styles.middle}`}
        aria-label="Case"
        tabIndex={0}
      >
        {matter}
      </section>
      <section
        id={panes.decision}
        className={`${styles.pane} ${styles.right}`}
        aria-label="Decision"
        tabIndex={0}
      >
        {decision}
      </section>
      <footer className={styles.foot}>
        <span className={styles.hint}>
          <DeskKey keys={['J', 'K']}>next, previous</DeskKey>
        </span>
        <span className={styles.hint}>
          <DeskKey keys={['X']}>take the next</DeskKey>
        </span>
        <span className={styles.hint}>
          <DeskKey keys={['S']}>similar cases</DeskKey>
        </span>
        <span className={styles.hint}>
          <DeskKey keys={['Z']}>undo</DeskKey>
        </span>
        <button type="button" className={`link ${styles.hint}`} onClick={help.open}>
          <DeskKey keys={['?']} />
          all keys
        </button>
        <span>{foot}</span>
      </footer>
      <KeyHelp opened={helpOpened} onClose={help.close} />
    </div>
  )
}

/** Moves focus to what takes it first in a place, and brings the place into view. */
export function focusFirst(id: string): void {
  const place = document.getElementById(id)
  place?.scrollIntoView({ block: 'nearest' })
  const inside = place?.querySelector<HTMLElement>('input:checked, input, textarea, a, button')
  ;(inside ?? place)?.focus()
}

/** Moves focus to the reasons of an answer, where the next thing is to write. */
export function focusAnswer(id: string): void {
  const place = document.getElementById(id)
  place?.scrollIntoView({ block: 'nearest' })
  place?.querySelector('textarea')?.focus()
}

function SkipLink({ to, words }: { to: string; words: string }) {
  return (
    <a
      className={`skip-link ${styles.skip}`}
      href={`#${to}`}
      onClick={(event) => {
        event.preventDefault()
        document.getElementById(to)?.focus()
      }}
    >
      {words}
    </a>
  )
}
