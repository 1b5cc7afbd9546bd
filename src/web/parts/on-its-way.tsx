/** That a page is on its way: on a slow line what it needs takes a moment, and the page before stands meanwhile. */
import { useRouterState } from '@tanstack/react-router'
import classes from './on-its-way.module.css'
import { useSlow } from './use-slow.ts'

/** A line at the top edge, and a word for those who listen, once it takes longer than 300 ms. */
export function OnItsWay() {
  const isLoading = useRouterState({ select: (state) => state.isLoading })
  return (
    <div role="status" className={classes['place']}>
      {isLoading && <Line />}
    </div>
  )
}

function Line() {
  if (!useSlow()) return null
  return (
    <>
      <span className="heard-only">The page is on its way.</span>
      <span className={classes['line']} />
    </>
  )
}
