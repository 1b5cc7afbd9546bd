/** The picture as text: a nested list of ways in, for those who read rather than look. */
import { outlineOf, type OutlineItem } from '../../procedure/draw/outline.ts'
import type { Readable } from './examined.ts'
import styles from './procedures.module.css'

/** Every situation, its ways in, and what follows at each desk. */
export function Outline({ examined: { procedure, picture } }: { examined: Readable }) {
  return (
    <div className={styles.outline}>
      <Items items={outlineOf(procedure, picture.graph)} />
    </div>
  )
}

function Items({ items }: { items: readonly OutlineItem[] }) {
  return (
    <ul>
      {items.map(({ words, items: inner }, place) => (
        <li key={place}>
          {words}
          {inner.length > 0 && <Items items={inner} />}
        </li>
      ))}
    </ul>
  )
}
