/** A link that looks like a button, and a link in running text; both go by the router. */
import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Props = ButtonProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps | 'href'> & {
    ref?: Ref<HTMLAnchorElement>
  }

/** `<ButtonLink to="/appeal" search={…} variant="filled">Appeal</ButtonLink>` */
export const ButtonLink = createLink((props: Props) => <Button component="a" {...props} />)

type TextProps = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }

/** `<TextLink to="/cases/$caseId" params={…}>Open the case</TextLink>` */
export const TextLink = createLink(({ className, ...props }: TextProps) => (
  <a className={className === undefined ? 'link' : `link ${className}`} {...props} />
))
