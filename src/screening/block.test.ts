/** A screened block answers its lines in their places and counts what each policy said. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readPolicyFolder } from '../cli/policies.ts'
import { openPool } from './pool.ts'

const policies = readPolicyFolder(fileURLToPath(new URL('../../policies/naive', import.meta.url)))
const mask = '{"id":"m","title":"Kaolin clay face mask","category":"Bath & skin"}'
const hose = '{"id":"h","title":"Garden hose"}'

describe.each([1, 2])('a block screened by %i', (workers) => {
  it('is bytes of lines, with counts by outcome and by policy', async () => {
    const pool = openPool({ policies, jurisdiction: 'us', explanation: 'none' }, { workers })
    try {
      const bytes = new TextEncoder().encode([mask, 'no', hose, '', mask].join('\n'))
      const screened = await pool.screenBlock({ bytes, firstLine: 7, isTooLong: false })
      const lines = new TextDecoder().decode(screened.output).split('\n')
      expect(lines.map((line) => line.slice(0, 11))).toEqual([
        '{"id":"m","',
        '{"line":8,"',
        '{"id":"h","',
        '{"id":"m","',
        '',
      ])
      expect(screened).toMatchObject({
        outcomes: { allow: 1, review: 0, deactivate: 2 },
        byPolicy: { ppe: { review: 0, deactivate: 2 } },
        unread: 1,
      })
      // They may be given away: nothing else stands in their buffer.
      expect(screened.output.byteLength).toBe(screened.output.buffer.byteLength)
    } finally {
      await pool.close()
    }
  })
})
