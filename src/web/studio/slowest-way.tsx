/** The slowest way to scale: of the whole procedure, or of the one situation that was chosen. */
import { useId } from 'react'
import { drawSlowest } from '../../procedure/draw/draw.ts'
import { sayLeft, sayWorst } from '../../procedure/draw/words.ts'
import { readDuration } from '../../procedure/duration.ts'
import { sayPath } from '../../procedure/words.ts'
import type { Readable } from './examined.ts'
import picture from './picture.module.css'
import type { Choice } from './picture.tsx'
import styles from './procedures.module.css'

interface SlowestWayProps {
  examined: Readable
  choice: Choice
  onChoose: (choice: Choice) => void
  width: number
}

/** The bar, and above it whose way it is; every situation can be chosen here by keyboard too. */
export function SlowestWay({ examined, choice, onChoose, width }: SlowestWayProps) {
  const { procedure, check, situations } = examined
  const key = `s${useId().replace(/\W/g, '')}`
  const chosen =
    choice?.kind === 'situation'
      ? situations.find(
          ({ measure, means }) => measure === choice.measure && means.join('+') === choice.means,
        )
      : undefined
  const worst = chosen === undefined ? check.worst : chosen.worst
  const svg = worst === null ? null : drawSlowest(procedure, worst, { width, key })
  return (
    <section className={styles.slowest} aria-labelledby={`${key}-heading`}>
      <h2 id={`${key}-heading`} className="heard-only">
        The slowest way
      </h2>
      <p className={styles.whose}>
        <label>
          <span className="third">The slowest way of</span>{' '}
          <select
            value={chosen === undefined ? '' : keyOf(chosen)}
            onChange={(event) => {
              const found = situations.find((one) => keyOf(one) === event.currentTarget.value)
              onChoose(
                found === undefined
                  ? null
                  : { kind: 'situation', measure: found.measure, means: found.means.join('+') },
              )
            }}
          >
            <option value="">all sellers</option>
            {situations.map((one) => (
              <option key={keyOf(one)} value={keyOf(one)}>
                {one.measure}, {sayLeft(one.means)}
              </option>
            ))}
          </select>
        </label>
        <span role="status">
          {worst === null ? (
            <strong className={styles.red}>There is no way in at all.</strong>
          ) : worst.path.length === 0 ? (
            <strong className={styles.red}>No way in can be used by anybody.</strong>
          ) : (
            <>
              a person <Time written={worst.person} promised={procedure.promise.person} />, the
              answer <Time written={worst.answer} promised={procedure.promise.answer} />
            </>
          )}
        </span>
      </p>
      {svg !== null && (
        <div
          className={picture.picture}
          role="region"
          aria-label="The slowest way to scale"
          tabIndex={0}
          dangerouslySetInnerHTML={{ __html: svg }}
        />
      )}
      {chosen?.worst && (
        <p className={`code ${styles.paths}`}>
          to a person: {sayPath(chosen.worst.personPath)}
          <br />
          to the answer: {sayPath(chosen.worst.path)}
        </p>
      )}
    </section>
  )
}

function keyOf({ measure, means }: { measure: string; means: readonly string[] }): string {
  return `${measure} ${means.join('+')}`
}

function Time({ written, promised }: { written: string; promised: number }) {
  const said =
    written === 'PT0S'
      ? 'at once'
      : written === 'unbounded'
        ? 'without end'
        : `within ${sayWorst(written)}`
  return <strong className={isLate(written, promised) ? styles.red : undefined}>{said}</strong>
}

function isLate(written: string, promised: number): boolean {
  if (written === 'unbounded') return true
  const read = readDuration(written)
  return read.ok && read.milliseconds > promised
}
