/** Where one comes with a number and a code on another device. */
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { keepClaimCode } from './claim-code.ts'
import { ClaimKeyForm } from './claim-key-form.tsx'
import { RecoveryFrame } from './recovery-frame.tsx'

/** `/recovery/open` */
export function ClaimOpenPage(): ReactNode {
  const go = useNavigate()
  return (
    <RecoveryFrame canLeave={false}>
      <ClaimKeyForm
        number={null}
        error={null}
        onOpen={(number, code) => {
          keepClaimCode(number, code)
          void go({ to: '/recovery/$number', params: { number } })
        }}
      />
    </RecoveryFrame>
  )
}
