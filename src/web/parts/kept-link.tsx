/** A kept link opens something of the server's own, such as a file or the printable page, also for who came by a link. */
import { useState, type ReactNode } from 'react'
import { linkHeaders, linkToken } from '../link.ts'

interface KeptLinkProps {
  href: string
  /** Saves under this name instead of opening. */
  download?: string
  children: ReactNode
}

/** A plain link when one is signed in; otherwise fetched with the token, which no plain link can carry. */
export function KeptLink({ href, download, children }: KeptLinkProps) {
  const [hasFailed, setFailed] = useState(false)
  async function open() {
    // Opened before the answer is there: later, the browser would take it for a pop-up.
    const tab = download === undefined ? window.open('', '_blank') : null
    try {
      const answer = await fetch(href, { headers: linkHeaders(), credentials: 'include' })
      if (!answer.ok) throw new Error(`open ${href}: the server answered ${answer.status}`)
      const address = URL.createObjectURL(await answer.blob())
      if (tab) tab.location.href = address
      else save(address, download ?? '')
      setFailed(false)
    } catch {
      // Said on the page, beside the link.
      tab?.close()
      setFailed(true)
    }
  }
  return (
    <>
      <a
        className="link"
        href={href}
        download={download}
        {...(download === undefined && { target: '_blank', rel: 'noreferrer' })}
        onClick={(event) => {
          if (linkToken() === null) return
          event.preventDefault()
          void open()
        }}
      >
        {children}
      </a>
      {hasFailed && <span role="alert"> (it did not open; try again)</span>}
    </>
  )
}

function save(address: string, name: string): void {
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
