/** Two procedures above each other: the one of the page, and another in the same scale. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Adoption } from '../../contract/procedure.ts'
import { query } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Loading } from '../parts/loading.tsx'
import { examine } from './examined.ts'
import { Picture } from './picture.tsx'
import styles from './procedures.module.css'

interface CompareProps {
  others: { label: string; source: string }[]
  versions: readonly Adoption[]
  width: number
}

/** Any version that was ever in force can be looked at again. */
export function Compare({ others, versions, width }: CompareProps) {
  const older = [...new Map(versions.map((one) => [one.procedureId, one])).values()].filter(
    ({ isInForce }) => !isInForce,
  )
  const [wanted, setWanted] = useState('')
  const found = others.find(({ label }) => label === wanted)
  const isOlder = older.some(({ procedureId }) => procedureId === wanted)
  const version = useQuery(
    query.procedures.get.queryOptions({ input: { id: wanted }, enabled: isOlder }),
  )
  const source = (isOlder ? version.data?.source : (found ?? others[0])?.source) ?? null
  return (
    <section className={styles.compare} aria-labelledby="compared">
      <h2 id="compared" className="heard-only">
        Compared with
      </h2>
      <label className="small">
        <span className="third">Compared with</span>{' '}
        <select
          value={isOlder ? wanted : (found ?? others[0])?.label}
          onChange={(event) => setWanted(event.currentTarget.value)}
        >
          {others.map(({ label }) => (
            <option key={label}>{label}</option>
          ))}
          {older.map(({ procedureId, name, adoptedAt, adoptedBy }) => (
            <option key={procedureId} value={procedureId}>
              {name} of {adoptedAt.slice(0, 10)}, {adoptedBy}
            </option>
          ))}
        </select>
      </label>
      {isOlder && version.isPending && <Loading what="that version" lines={3} />}
      {isOlder && version.isError && (
        <ProblemNote error={version.error} safe="Your text is as it was." />
      )}
      {source !== null && <Compared source={source} width={width} />}
    </section>
  )
}

function Compared({ source, width }: { source: string; width: number }) {
  const examined = useMemo(() => examine(source, width), [source, width])
  if (!examined.isReadable)
    return <p className="second">This version was written for an older reader.</p>
  const { verdict, check } = examined
  return (
    <>
      <p className={styles.verdict}>
        <strong className={check.sound ? styles.green : styles.red}>{verdict.word}</strong>{' '}
        {verdict.sentence}
      </p>
      <Picture
        examined={examined}
        label={`The picture of ${examined.procedure.procedure}, to compare`}
        available={width}
      />
    </>
  )
}
