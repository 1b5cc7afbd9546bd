/** The frame of the pages for whoever complains. */
import { useNavigate } from '@tanstack/react-router'
import { forgetReports } from './report-code.ts'
import { StrangerFrame, type StrangerFrameProps } from './stranger-frame.tsx'

export function ReportFrame(props: StrangerFrameProps) {
  const go = useNavigate()
  return (
    <StrangerFrame
      {...props}
      subtitle="complaints"
      queryKey="complaint"
      forget={forgetReports}
      begin={() => void go({ to: '/report', search: {}, replace: true })}
    />
  )
}
