import { describe, expect, test } from 'vitest'
import type { WebhookForReader } from '../../contract/webhook.ts'
import { attemptWords, countWords, webhooksSentence } from './webhook-words.ts'

const webhook = (rest: Partial<WebhookForReader> = {}): WebhookForReader => ({
  id: 'whk_1',
  name: 'the shop',
  url: 'https://shop.example/',
  kinds: ['case.opened'],
  isOn: true,
  madeAt: '2026-11-23T09:00:00Z',
  secretMadeAt: '2026-11-23T09:00:00Z',
  counts: { waiting: 0, delivered: 3, dead: 0 },
  ...rest,
})

describe('the page of webhooks', () => {
  test('says who is told, and what was given up', () => {
    expect(webhooksSentence([])).toBe('Nobody outside is told of what happens here.')
    expect(webhooksSentence([webhook()])).toBe('One webhook is told of what happens here.')
    expect(webhooksSentence([webhook({ isOn: false })])).toBe('All webhooks are switched off.')
    const dead = { waiting: 1, delivered: 3, dead: 2 }
    expect(webhooksSentence([webhook(), webhook({ counts: dead })])).toBe(
      '2 webhooks are told of what happens here; 2 deliveries were given up.',
    )
    expect(countWords(dead)).toBe('3 arrived, 1 on the way, 2 given up')
  })

  test('says what came of an attempt', () => {
    const delivery = {
      id: 'msg_1',
      kind: 'case.opened',
      state: 'waiting' as const,
      attempts: 0,
      madeAt: '',
      attemptedAt: null,
      deliveredAt: null,
      nextAt: null,
      lastStatus: null,
      lastError: null,
      body: '{}',
    }
    expect(attemptWords(delivery)).toBe('Not tried yet.')
    expect(attemptWords({ ...delivery, attempts: 1, lastStatus: 204 })).toBe(
      'Tried once, answered 204.',
    )
    expect(attemptWords({ ...delivery, attempts: 3, lastError: 'It answered 500.' })).toBe(
      'Tried 3 times. It answered 500.',
    )
  })
})
