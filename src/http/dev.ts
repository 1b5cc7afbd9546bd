/** Two doors of the demo: the built-in mailbox, and one-click sign-ins. Only on this machine, never in production. */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { readMailbox, readMailboxAttachment } from '../operations/session.ts'
import type { Door } from './door.ts'
import { refuseOutside } from './here.ts'
import { html, pageOf, unturned } from './html.ts'
import { sendPage } from './pages.ts'
import { sendDocument } from './statement-document.ts'
import { refuseRequest } from './problem.ts'

/** Adds them; where they do not belong, they answer as if they did not exist. */
export function serveDev(server: FastifyInstance, door: Door): void {
  const mailbox = { config: { command: 'dev.mail' as const } }
  server.get('/dev/mail', mailbox, async (request, reply) => {
    refuseOutside(door, request)
    const mails = await readMailbox(door.app)
    const rows = mails.map(
      (mail) =>
        html`<tr>
          <td>
            <time datetime="${mail.at.toISOString()}"
              >${mail.at.toISOString().slice(0, 19).replace('T', ' ')}</time
            >
          </td>
          <td>${mail.address}</td>
          <td><a href="/dev/mail/${mail.id}">${unturned(mail.subject)}</a></td>
        </tr>`,
    )
    const list = html`<table>
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">To</th>
          <th scope="col">Subject</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`
    const body = html`<h1>
        ${mails.length === 0 ? 'No mail has been sent yet.' : `Mail that would have been sent: ${mails.length}.`}
      </h1>
      <p class="second">
        No mail server is named (SMTP_URL), so mail is kept here. This page exists only in the demo
        on this machine.
      </p>
      ${mails.length === 0 ? '' : list}`
    return sendPage(reply, pageOf({ title: 'Mailbox of the demo', body }))
  })

  server.get<{ Params: { id: string } }>('/dev/mail/:id', mailbox, async (request, reply) => {
    refuseOutside(door, request)
    const mail = (await readMailbox(door.app)).find(({ id }) => String(id) === request.params.id)
    if (!mail) refuseRequest('not_found')
    // The mail's own HTML stands in a frame that runs nothing; a click on its links leaves the frame.
    const framed = `<base target="_top">${mail.html}`
    const body = html`<p><a href="/dev/mail">All mail</a></p>
      <h1>${unturned(mail.subject)}</h1>
      <p class="second">
        To ${mail.address},
        <time datetime="${mail.at.toISOString()}">${mail.at.toUTCString()}</time>
        ${mail.replyTo ? html`<br />Answers go to ${mail.replyTo}` : ''}
        ${
          mail.attachedName
            ? html`<br />With <a href="/dev/mail/${mail.id}/attached">${mail.attachedName}</a>`
            : ''
        }
      </p>
      <iframe
        title="The mail as HTML"
        sandbox="allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox"
        srcdoc="${framed}"
      ></iframe>
      <h2>The same as text</h2>
      <pre>${linked(mail.text)}</pre>`
    return sendPage(reply, pageOf({ title: mail.subject, body }))
  })

  server.get<{ Params: { id: string } }>(
    '/dev/mail/:id/attached',
    mailbox,
    async (request, reply) => {
      refuseOutside(door, request)
      const { id } = request.params
      const attached = /^\d{1,15}$/.test(id) ? await readMailboxAttachment(door.app, id) : null
      if (!attached) refuseRequest('not_found')
      return sendDocument(reply, attached)
    },
  )

  server.get<{ Params: { role: string }; Querystring: { key?: string } }>(
    '/dev/sign-in/:role',
    { config: { command: 'dev.signIn' } },
    async (request, reply) => {
      refuseOutside(door, request)
      const { demoKey, demoPeople } = door.config
      if (!isSame(request.query.key ?? '', demoKey))
        refuseRequest('development_only', 'Use the address that the server printed at its start.')
      const person = demoPeople.find(({ role }) => role === request.params.role)
      if (!person) refuseRequest('not_found')
      return reply
        .header('cache-control', 'no-store')
        .redirect(await door.signIn.makeSignInUrl(person.email, '/'))
    },
  )
}

function linked(text: string) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part) => (/^https?:\/\//.test(part) ? html`<a href="${part}">${part}</a>` : part))
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return expected !== '' && one.length === other.length && timingSafeEqual(one, other)
}
