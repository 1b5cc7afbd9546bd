/** The desk that a case, or several, is handed on to. */
import { Radio } from '@mantine/core'
import styles from './case.module.css'

interface DeskChoiceProps {
  desks: readonly { desk: string; title: string }[]
  value: string | null
  onChange: (desk: string) => void
  error?: string | undefined
}

/** One of those that the procedure lets this desk hand on to. */
export function DeskChoice({ desks, value, onChange, error }: DeskChoiceProps) {
  return (
    <Radio.Group label="To which desk" value={value ?? ''} error={error} onChange={onChange}>
      <div className={styles.desks}>
        {desks.map(({ desk, title }) => (
          <Radio key={desk} value={desk} label={title} />
        ))}
      </div>
    </Radio.Group>
  )
}
