/** An empty place says what will be here and what to do. */
import type { ReactNode } from 'react'

/** One quiet sentence on the page, not a box. */
export function Empty({ children }: { children: ReactNode }) {
  return (
    <div className="second narrow-text" style={{ padding: '4px 0 12px' }}>
      {children}
    </div>
  )
}
