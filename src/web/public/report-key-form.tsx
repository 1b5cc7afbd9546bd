/** Opening a complaint by its number and its code. */
import { TextLink } from '../parts/button-link.tsx'
import { KeyForm } from './key-form.tsx'

interface ReportKeyFormProps {
  /** Known where the address names it. */
  number: string | null
  error: unknown
  onOpen: (number: string, code: string) => void
}

export function ReportKeyForm(props: ReportKeyFormProps) {
  return (
    <KeyForm
      {...props}
      noun="complaint"
      above="Your complaint"
      letter="K"
      codeWords="Four times four letters and digits. The link in our mail has it, too. Capitals and gaps do not matter."
      otherwise={
        <>
          There is something else? <TextLink to="/report">Complain about it here</TextLink>.
        </>
      }
    />
  )
}
