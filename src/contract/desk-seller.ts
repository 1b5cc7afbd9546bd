/** Sellers at the desk: how account and payouts stand, what is in force, and what may be imposed. */
import { z } from 'zod'
import { ClosingException, Measure, SubjectKind } from '../core/measure.ts'
import { AccountState, PayoutsState } from '../core/state-owed.ts'
import { At } from './case.ts'
import { HealthForReader } from './health.ts'
import { SellerHistory } from './desk.ts'
import { route } from './problem.ts'

const ReadBack = z.enum(['agrees', 'not-in-shop', 'differs']).nullable()

export const SellerForDesk = z.object({
  seller: SellerHistory,
  account: z.object({ owed: AccountState, readBack: ReadBack }),
  payouts: z.object({ owed: PayoutsState, readBack: ReadBack }),
  /** What the marketplace told of the seller's money; null when it told nothing. */
  balance: z
    .object({ currency: z.string(), available: z.number(), disputed: z.number(), updatedAt: At })
    .nullable(),
  /** Measures on the account and its payouts, newest first. */
  measures: z.array(
    z.object({
      decisionId: z.string(),
      number: z.string(),
      subject: SubjectKind,
      tag: z.string(),
      policyTitle: z.string(),
      takenBy: z.string(),
      takenAt: At,
      status: z.string(),
      undoUntil: At.nullable(),
      /** A closing that waits: from when it counts, under which exception it may be hastened, and whether by this reader. */
      closing: z
        .object({
          countsAt: At,
          exception: ClosingException.nullable(),
          exceptionWords: z.string().nullable(),
          mayHasten: z.boolean(),
        })
        .nullable(),
    }),
  ),
  /** What counts against the account; null where nothing is worked out. */
  health: HealthForReader.nullable(),
  cases: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      title: z.string(),
      state: z.string(),
      openedAt: At,
    }),
  ),
  /** What this reader may impose here. */
  imposable: z.array(
    z.object({
      measure: Measure,
      subject: SubjectKind,
      tag: z.string(),
      effect: z.string(),
      /** The narrower form, which is to be preferred where it is enough; null when there is none. */
      narrower: Measure.nullable(),
    }),
  ),
  allowed: z.array(z.enum(['record_letter'])),
  policies: z.array(z.object({ name: z.string(), title: z.string(), version: z.int() })),
  exceptions: z.array(z.object({ name: ClosingException, words: z.string() })),
})
export type SellerForDesk = z.infer<typeof SellerForDesk>

export const findSellers = route
  .route({
    method: 'GET',
    path: '/v1/desk/sellers',
    tags: ['Desk'],
    summary: 'Find sellers by name, id or address',
  })
  .input(z.object({ search: z.string().max(200) }))
  .output(
    z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** The measure on the account or its payouts that is in force; null for none. */
        tag: z.string().nullable(),
      }),
    ),
  )

export const getDeskSeller = route
  .route({
    method: 'GET',
    path: '/v1/desk/sellers/{sellerId}',
    tags: ['Desk'],
    summary: 'Read a seller with the account, its payouts and everything on them',
  })
  .input(z.object({ sellerId: z.string() }))
  .output(SellerForDesk)
