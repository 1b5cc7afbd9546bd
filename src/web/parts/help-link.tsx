/** The way to the help, in the bar of every page that is no seller's or staff's. */
import { TextLink } from './button-link.tsx'

/** "Help" */
export function HelpLink() {
  return <TextLink to="/help">Help</TextLink>
}
