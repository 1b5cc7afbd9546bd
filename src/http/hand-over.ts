/** The door for sellers whom the marketplace hands over: it posts its signed word in a form, never in an address. */
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { refuse } from '../core/refusal.ts'
import { takeHandOver } from '../operations/hand-over.ts'
import type { Door } from './door.ts'
import { html, pageOf } from './html.ts'
import { sendPage } from './pages.ts'
import { problemOf, sendProblem } from './problem.ts'
import { ownPath } from './sign-in-page.ts'

const Posted = z.object({
  token: z.string().catch(''),
  /** The page of ours to open. */
  to: z.string().max(2_000).catch('/'),
})

/** Who may be told that a hand-over is for us: our own address, as people know it. */
export function audienceOf(publicUrl: string): string {
  return new URL(publicUrl).origin
}

/** Adds it, with the one kind of body that a form of another site can post. */
export async function serveHandOver(server: FastifyInstance, door: Door): Promise<void> {
  const { app, config, signIn } = door
  await server.register(async (forms) => {
    forms.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16 * 1024 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    const route = { config: { command: 'sign-in.handOver' as const } }
    forms.post('/sign-in/hand-over', route, async (request, reply) => {
      const { token, to } = Posted.parse(request.body ?? {})
      const taken =
        config.handOverSecret === null
          ? refuse(
              'hand_over_refused',
              'This Recourse takes no hand-overs: RECOURSE_HANDOVER_SECRET is not set.',
            )
          : await takeHandOver(app, {
              token,
              secret: config.handOverSecret,
              audience: audienceOf(config.publicUrl),
            })
      if (taken.ok) {
        const { sellerId, address } = taken.value
        const cookies = await signIn.open(
          { address, by: 'hand-over', sellerId },
          fromNodeHeaders(request.headers),
        )
        if (cookies !== null)
          return reply
            .header('set-cookie', cookies)
            .header('cache-control', 'no-store')
            .redirect(ownPath(to), 303)
      }
      const refused = taken.ok ? refuse('hand_over_refused') : taken
      app.log('a sign-in was refused', { way: 'hand-over', ...refused })
      const problem = problemOf(refused)
      if (!request.headers.accept?.includes('text/html')) return sendProblem(reply, problem)
      const body = html`<h1>The shop could not open your account health.</h1>
        <p>${problem.title}</p>
        <p class="second">${problem.detail ?? ''}</p>
        <p><a href="/sign-in">Sign in with a link to your mailbox</a></p>`
      return sendPage(reply, pageOf({ title: 'Not opened', body }), { status: problem.status })
    })
  })
}
