/** The bar of the pages on how sellers are treated, which anybody may open. */
import { Link } from '@tanstack/react-router'
import { HelpLink } from '../parts/help-link.tsx'
import { placeClass, TopBar } from '../parts/top-bar.tsx'
import { useMe } from '../session.ts'

/** The figures and the promise, each a press away from the other. */
export function PublicBar() {
  const me = useMe()
  return (
    <TopBar
      title={me.data?.marketplace ?? ''}
      subtitle="in figures"
      person={null}
      aside={<HelpLink />}
    >
      <Link to="/figures" className={placeClass}>
        Figures
      </Link>
      <Link to="/promises" className={placeClass}>
        What we promise
      </Link>
    </TopBar>
  )
}
