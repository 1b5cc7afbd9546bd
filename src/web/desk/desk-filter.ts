/** Which desk's queue is shown; kept in the address, so that a link and a reload show the same. */
import { useLocation, useNavigate } from '@tanstack/react-router'

/** The name of the desk, or null for all, and how to change it. */
export function useDeskFilter(): [desk: string | null, show: (desk: string | null) => void] {
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  const navigate = useNavigate()
  const desk = new URLSearchParams(search).get('desk')
  const show = (name: string | null) => {
    void navigate({ to: '.', search: name === null ? {} : { desk: name }, replace: true })
  }
  return [desk, show]
}
