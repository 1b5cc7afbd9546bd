import { describe, expect, test } from 'vitest'
import { photo } from '../../test/journeys/browser.ts'
import { served } from '../../test/served.ts'
import { createTurns } from './turns.ts'

describe('the pace', () => {
  test(
    'of one who floods holds up nobody else, and turns nobody away',
    { timeout: 60_000 },
    async () => {
      await using s = await served()
      const { decisionId } = await s.removedListing('l1', 'flood')
      await s.removedListing('l2', 'honest')
      const link = { 'x-recourse-link': s.linkTo({ sellerId: 'flood', decisionId }) }
      const honest = s.clientWith(await s.signIn('honest@sellers.example'))
      const owner = s.clientWith(await s.signIn('flood@sellers.example'))
      const statuses: number[] = []
      const cut = new AbortController()
      const flood = Array.from({ length: 300 }, async (_, at) => {
        const form = new FormData()
        form.append('file', new File([photo], `${at}.png`))
        const request =
          at % 2 === 0
            ? { body: form }
            : {
                headers: { ...link, 'content-type': 'application/json' },
                body: JSON.stringify({
                  objections: [{ decisionId, track: 'dispute', text: `${at}`, remedy: null }],
                  fileIds: [],
                }),
              }
        const answer = await fetch(`${s.url}${at % 2 === 0 ? '/v1/files' : '/v1/appeals'}`, {
          method: 'POST',
          headers: link,
          signal: cut.signal,
          ...request,
        }).catch(() => null)
        if (answer) statuses.push(answer.status)
        await answer?.body?.cancel()
      })
      await expect.poll(() => statuses.length, { timeout: 20_000 }).toBeGreaterThan(20)
      const started = performance.now()
      const { measures } = await honest.seller.getHome()
      const [measure] = measures
      const file = await honest.seller.uploadFile({ file: new File([photo], 'pack.png') })
      await honest.seller.fileAppeal({
        objections: [
          {
            decisionId: measure?.decisionId ?? '',
            track: 'dispute',
            text: 'It is a clay mask.',
            remedy: null,
          },
        ],
        fileIds: [file.id],
      })
      // Who signed in for the same seller is not slowed by whoever holds a link of it.
      await owner.seller.askQuestion({ text: 'Who is writing in my name?', fileIds: [] })
      const took = performance.now() - started
      const answered = statuses.length
      console.log(
        `an honest seller appealed within ${Math.round(took)} ms while another had sent 300 requests, of which ${answered} were answered`,
      )
      expect(took).toBeLessThan(5_000)
      expect(answered).toBeLessThan(150)
      // Slowed and never shut: not one was told to go away.
      expect(statuses).not.toContain(429)
      expect(statuses).not.toContain(503)
      cut.abort()
      await Promise.all(flood)
    },
  )

  test('lets one caller do a few things at once, in the order in which they came', async () => {
    const turns = createTurns(2)
    let underWay = 0
    let most = 0
    const order: number[] = []
    await Promise.all(
      [1, 2, 3, 4, 5].map((at) =>
        turns.take('clay', async () => {
          most = Math.max(most, ++underWay)
          await new Promise((resolve) => setTimeout(resolve, 5))
          order.push(at)
          underWay -= 1
        }),
      ),
    )
    expect([most, order]).toEqual([2, [1, 2, 3, 4, 5]])
    await expect(turns.take('clay', () => Promise.reject(new Error('it breaks')))).rejects.toThrow()
    expect(await turns.take('clay', async () => 'goes on')).toBe('goes on')
  })
})
