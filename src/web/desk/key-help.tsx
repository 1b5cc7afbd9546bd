/** The list of all keys of the desk, with the switch that turns every one of them off. */
import { Switch } from '@mantine/core'
import { Dialog } from '../parts/dialog.tsx'
import { deskKeys } from './keys.ts'
import styles from './desk.module.css'
import { switchKeys, useKeysAreOn } from './key-setting.ts'

/** Shows every key; opened by ? or by its button. */
export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const on = useKeysAreOn()
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title="Every key does what a button on the page does"
      closeLabel="Close the keys"
    >
      <Switch
        checked={on}
        onChange={(event) => switchKeys(event.currentTarget.checked)}
        label="Keys are on"
        description="Turn them off if they get in the way of a screen reader or of dictation. The buttons stay."
        color="var(--pen)"
      />
      <KeyTable />
      <p className="small second">
        Single keys do nothing while you write. Esc leaves the text field.
      </p>
    </Dialog>
  )
}

/** Every key and what it does. */
export function KeyTable() {
  return (
    <table className={styles.keyTable}>
      <caption className="heard-only">Keys and what they do</caption>
      <tbody>
        {deskKeys.map((row) => (
          <tr key={row.does}>
            <th scope="row">
              {row.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </th>
            <td>{row.does}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
