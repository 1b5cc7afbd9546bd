/** A key hint shows which key does the same as the control beside it. */
import classes from './key-hint.module.css'

/** `<KeyHint keys={['Ctrl', 'K']} />`; not read out, since the control says what it does. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span className={classes['keys']} aria-hidden="true">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}
