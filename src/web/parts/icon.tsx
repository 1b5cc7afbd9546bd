/** The few icons there are: the mark of Recourse and the four places of the phone's bar. */
import type { ReactNode } from 'react'

interface IconProps {
  size?: number
}

function Drawn({ size = 22, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

/** The way back: an arrow that turns round. */
export function Logo({ size = 24 }: IconProps) {
  return (
    <Drawn size={size}>
      <path d="M3 6h13a5 5 0 0 1 0 10H7M11 11.5 6.5 16l4.5 4.5" strokeWidth="2.4" />
    </Drawn>
  )
}

export function HomeIcon() {
  return (
    <Drawn>
      <path d="M4 11 12 4l8 7v9H4z" />
    </Drawn>
  )
}

export function MeasuresIcon() {
  return (
    <Drawn>
      <path d="M5 6h14M5 12h14M5 18h8" />
    </Drawn>
  )
}

export function CasesIcon() {
  return (
    <Drawn>
      <path d="M4 5h16v11H11l-4 4v-4H4z" />
    </Drawn>
  )
}

export function AccountIcon() {
  return (
    <Drawn>
      <circle cx="12" cy="8" r="4" />
      <path d="M5 20c.6-4 3.4-6 7-6s6.4 2 7 6" />
    </Drawn>
  )
}

export function CheckIcon({ size = 18 }: IconProps) {
  return (
    <Drawn size={size}>
      <path d="m5 13 4.5 4.5L19 7.5" />
    </Drawn>
  )
}
