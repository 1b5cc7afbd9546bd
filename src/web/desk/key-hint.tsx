/** A key, drawn small beside what it does; heard by nobody, because the control itself says its name. */
import styles from './desk.module.css'
import { useKeysAreOn } from './key-setting.ts'

/** Draws the keys that do the same as the control beside them; nothing while keys are switched off. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  const on = useKeysAreOn()
  if (!on) return null
  return (
    <span className={styles.keys} aria-hidden="true">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}
