/** The page that a sign-in mail opens: one button, so that a scanner that opens every link does not use it up. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { html, pageOf } from './html.ts'
import { sendPage } from './pages.ts'

const Asked = z.object({
  token: z.string().max(500).catch(''),
  to: z.string().max(2_000).catch('/'),
})

/** Adds the page. */
export function serveSignInPage(server: FastifyInstance, marketplace: string): void {
  server.get('/sign-in/open', { config: { command: 'sign-in.open' } }, async (request, reply) => {
    const { token, to } = Asked.parse(request.query)
    const body = html`<h1>Sign in to ${marketplace}</h1>
      <p>You are one step away. The link in the mail works once, for 15 minutes.</p>
      <form method="get" action="/api/auth/magic-link/verify">
        <input type="hidden" name="token" value="${token}" />
        <input type="hidden" name="callbackURL" value="${ownPath(to)}" />
        <input type="hidden" name="errorCallbackURL" value="/sign-in" />
        <button type="submit">Sign in</button>
      </form>`
    return sendPage(reply, pageOf({ title: `Sign in to ${marketplace}`, body }))
  })
}

/** A path of ours; anything that leads elsewhere leads home. */
export function ownPath(to: string): string {
  return /^\/(?![/\\])[^\s\\]*$/.test(to) ? to : '/'
}
