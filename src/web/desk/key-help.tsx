/** The list of all keys of the desk, with the switch that turns every one of them off. */
import { Modal, Switch } from '@mantine/core'
import { deskKeys } from './keys.ts'
import styles from './desk.module.css'
import { switchKeys, useKeysAreOn } from './key-setting.ts'

/** Shows every key; opened by ? or by its button. */
export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const on = useKeysAreOn()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Every key does what a button on the page does"
      // A dialog’s head is no second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': 'Close the keys' }}
      radius={8}
      shadow="none"
      overlayProps={{ color: '#000', backgroundOpacity: 0.4 }}
      classNames={{
        content: styles.dialog ?? '',
        header: styles.dialogHead ?? '',
        title: styles.dialogTitle ?? '',
      }}
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
    </Modal>
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
