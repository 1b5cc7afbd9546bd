/** A dialog over the page: Esc and its button leave everything as it was. */
import { Modal, type ModalProps } from '@mantine/core'
import classes from './dialog.module.css'

interface DialogProps extends Pick<
  ModalProps,
  'opened' | 'onClose' | 'onKeyDown' | 'title' | 'size' | 'children'
> {
  /** What its button says to who hears it: "Close the keys". */
  closeLabel: string
}

/** Looks like every other. */
export function Dialog({ closeLabel, ...dialog }: DialogProps) {
  return (
    <Modal
      {...dialog}
      // A dialog’s head is no second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': closeLabel }}
      radius={8}
      shadow="none"
      overlayProps={{ color: '#000', backgroundOpacity: 0.4 }}
      classNames={{
        content: classes['dialog'] ?? '',
        header: classes['head'] ?? '',
        title: classes['title'] ?? '',
      }}
    />
  )
}
