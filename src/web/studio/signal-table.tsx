/** The signals of a policy with their weights: a bar as in force, a black tick as written, and all of each on opening. */
import { capital } from '../../core/capital.ts'
import { Fragment, useMemo, useState } from 'react'
import type { Policy } from '../../core/policy.ts'
import { signed } from '../parts/sum.ts'
import { Phrases } from './phrases.tsx'
import styles from './policies.module.css'
import {
  contextsOf,
  lookedFor,
  scaleOf,
  SCALE_ENDS,
  signalRows,
  strongest,
  type SignalRow,
} from './signal-words.ts'

const SHOWN = 14

/** A table in the order of the weights, so that it reads without the bars. */
export function SignalTable({ policy }: { policy: Policy }) {
  const [isAll, setAll] = useState(false)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => signalRows(policy), [policy])
  const base = { weight: policy.learned?.base ?? policy.base, written: policy.base }
  const at = useMemo(
    () =>
      scaleOf([
        base.weight,
        base.written,
        ...rows.flatMap(({ weight, written }) => [weight, written]),
      ]),
    [rows, base.weight, base.written],
  )
  const shown = isAll ? rows : strongest(rows, SHOWN)
  const toggle = (name: string) =>
    setOpen((before) => {
      const next = new Set(before)
      if (!next.delete(name)) next.add(name)
      return next
    })
  return (
    <>
      <table className={styles.signals}>
        <caption className="heard-only">
          Signals of “{policy.title}” and their weights in log-odds
        </caption>
        <colgroup>
          <col />
          <col style={{ width: '30%' }} />
          <col style={{ width: 56 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className="heard-only">Signal</span>
            </th>
            <th scope="col">
              <span className="heard-only">Picture</span>
            </th>
            <th scope="col">
              <span className="heard-only">Weight</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Where every listing starts</th>
            <Weight {...base} at={at} />
          </tr>
          {shown.map((row) => (
            <Fragment key={row.signal.name}>
              <tr>
                <th scope="row">
                  <Name
                    row={row}
                    lists={policy.lists}
                    isOpen={open.has(row.signal.name)}
                    onToggle={() => toggle(row.signal.name)}
                  />
                </th>
                <Weight {...row} at={at} />
              </tr>
              {open.has(row.signal.name) && (
                <tr className={styles.opened}>
                  <td colSpan={3}>
                    <Whole row={row} lists={policy.lists} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && (
        <button
          type="button"
          className={`link small ${styles.more}`}
          aria-expanded={isAll}
          onClick={() => setAll(!isAll)}
        >
          {isAll
            ? `Only the ${SHOWN} strongest`
            : `and ${rows.length - SHOWN} that weigh less: show all ${rows.length}`}
        </button>
      )}
    </>
  )
}

interface NameProps {
  row: SignalRow
  lists: Policy['lists']
  isOpen: boolean
  onToggle: () => void
}

function Name({ row: { signal }, lists, isOpen, onToggle }: NameProps) {
  return (
    <button type="button" className={styles.name} aria-expanded={isOpen} onClick={onToggle}>
      <span className={styles.says}>{capital(signal.says)}</span>
      {lookedFor(signal, lists).map(({ kind, words }) => (
        <span
          key={kind}
          className={
            kind === 'pattern' || kind === 'condition'
              ? `code ${styles.phrases} ${styles.oneLine}`
              : styles.phrases
          }
        >
          {words}
        </span>
      ))}
    </button>
  )
}

/** Everything about one signal that its line leaves out. */
function Whole({ row: { signal, weight, written }, lists }: Pick<NameProps, 'row' | 'lists'>) {
  return (
    <div className={styles.whole}>
      <p className="third">
        <span className="code">{signal.name}</span>
        {weight !== written && `, ${signed(weight)} learned, ${signed(written)} as written`}
      </p>
      {contextsOf(signal, lists).map(({ words, phrases, code }, place) => (
        <p key={place}>
          {words} {phrases.length > 0 && <Phrases phrases={phrases} />}
          {code !== undefined && <span className={`code ${styles.condition}`}>{code}</span>}
        </p>
      ))}
    </div>
  )
}

function Weight({
  weight,
  written,
  at,
}: {
  weight: number
  written: number
  at: (weight: number) => number
}) {
  const left = at(Math.min(0, weight))
  const right = at(Math.max(0, weight))
  return (
    <>
      <td className={styles.picture} aria-hidden="true">
        <span className={styles.zero} style={{ left: `${at(0) * 100}%` }} />
        <span
          className={styles.bar}
          data-against={weight < 0 || undefined}
          data-ends={Math.abs(weight) > SCALE_ENDS || undefined}
          style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
        />
        <span className={styles.tick} style={{ left: `${at(written) * 100}%` }} />
      </td>
      <td className={styles.weight}>
        {signed(weight)}
        {weight !== written && <span className="heard-only"> (as written {signed(written)})</span>}
      </td>
    </>
  )
}
