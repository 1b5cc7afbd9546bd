/** Opening a claim by its number and its code. */
import { TextLink } from '../parts/button-link.tsx'
import { KeyForm } from './key-form.tsx'

interface ClaimKeyFormProps {
  /** Known where the address names it. */
  number: string | null
  error: unknown
  onOpen: (number: string, code: string) => void
}

export function ClaimKeyForm(props: ClaimKeyFormProps) {
  return (
    <KeyForm
      {...props}
      noun="claim"
      above="Getting back in"
      letter="R"
      codeWords="Four times four letters and digits, which we showed you once. Capitals and gaps do not matter."
      otherwise={
        <>
          The code is lost? <TextLink to="/recovery">Start again with a new claim</TextLink>.
        </>
      }
    />
  )
}
