/** The signals of a policy with their weights in log-odds: what speaks for the rule, and what against it. */
import type { Policy } from '../../core/policy.ts'
import { signed } from '../parts/sum.ts'
import styles from './policies.module.css'

const shownPhrases = 4

/** A table, strongest first, so that it reads without the bars. */
export function SignalBars({ policy }: { policy: Policy }) {
  const rows = [...policy.signals].sort((a, b) => b.weight - a.weight)
  const weights = [policy.base, ...rows.map(({ weight }) => weight)]
  const low = Math.min(0, ...weights)
  const high = Math.max(0, ...weights)
  const at = (weight: number) => ((weight - low) / (high - low || 1)) * 100
  return (
    <table className={styles.signals}>
      <caption className="heard-only">
        Signals of “{policy.title}” and their weights in log-odds
      </caption>
      <thead className="heard-only">
        <tr>
          <th scope="col">Signal</th>
          <th scope="col">Picture</th>
          <th scope="col">Weight</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Where every listing starts</th>
          <Bar weight={policy.base} at={at} />
        </tr>
        {rows.map((signal) => (
          <tr key={signal.name}>
            <th scope="row">
              {signal.says}
              <span className={styles.phrases}>
                {(signal.phrases ?? [])
                  .slice(0, shownPhrases)
                  .map((phrase) => `“${phrase}”`)
                  .join(', ')}
                {(signal.phrases ?? []).length > shownPhrases &&
                  ` and ${(signal.phrases ?? []).length - shownPhrases} more`}
                {signal.fields && `, in the ${signal.fields.join(', ')}`}
              </span>
            </th>
            <Bar weight={signal.weight} at={at} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Bar({ weight, at }: { weight: number; at: (weight: number) => number }) {
  const left = at(Math.min(0, weight))
  return (
    <>
      <td className={styles.picture} aria-hidden="true">
        <span className={styles.zero} style={{ left: `${at(0)}%` }} />
        <span
          className={styles.bar}
          data-against={weight < 0 || undefined}
          style={{ left: `${left}%`, width: `${at(Math.max(0, weight)) - left}%` }}
        />
      </td>
      <td className={styles.weight}>{signed(weight)}</td>
    </>
  )
}
