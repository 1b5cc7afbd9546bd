/** The frame of the recovery pages. */
import { useNavigate } from '@tanstack/react-router'
import { HelpLink } from '../parts/help-link.tsx'
import { forgetClaims } from './claim-code.ts'
import { StrangerFrame, type StrangerFrameProps } from './stranger-frame.tsx'

export function RecoveryFrame(props: StrangerFrameProps) {
  const go = useNavigate()
  return (
    <StrangerFrame
      {...props}
      subtitle="getting back in"
      queryKey="claim"
      forget={forgetClaims}
      begin={() => void go({ to: '/recovery', replace: true })}
      beside={<HelpLink />}
    />
  )
}
