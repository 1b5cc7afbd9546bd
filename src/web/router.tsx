/** The router: which address shows which page. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { z } from 'zod'
import { complaintKinds } from '../core/complaint.ts'
import { Language } from '../core/language.ts'
import { noticeKinds } from '../core/notice.ts'
import type { Me } from '../contract/session.ts'
import { periods } from '../core/figures.ts'
import { DemoClock } from './parts/demo-clock.tsx'
import { OnItsWay } from './parts/on-its-way.tsx'
import { ErrorPage, NotFoundPage } from './public/not-found-page.tsx'
import { Track } from './seller/appeal-draft.ts'
import { SellerShell } from './seller/seller-shell.tsx'
import { parseSearch, writeSearch } from './search.ts'
import { readMe } from './session.ts'

const root = createRootRoute({
  component: Root,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
})

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async (): Promise<void> => {
    const me = await readMe({ staleTime: 0 })
    redirect({ throw: true, href: startOf(me.kind) })
  },
})

/** The page, whether another is on its way, and in a demo its clock at the foot. */
function Root() {
  return (
    <>
      <OnItsWay />
      <Outlet />
      <DemoClock />
    </>
  )
}

function startOf(kind: Me['kind']): string {
  switch (kind) {
    case 'staff':
      return '/desk'
    case 'seller':
    case 'link':
      return '/seller'
    case 'nobody':
      return '/sign-in'
  }
}

/** The case of a complaint, or a ring, for whoever imposes what leans on it. */
const leansOn = z.object({
  complaint: z.string().optional().catch(undefined),
  ring: z.string().optional().catch(undefined),
})

const staff = [
  createRoute({
    getParentRoute: () => root,
    path: '/desk',
    validateSearch: z.object({ desk: z.string().optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('./desk/queue-page.tsx'), 'QueuePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/cases/$caseId',
    validateSearch: z.object({ desk: z.string().optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('./desk/case-page.tsx'), 'CasePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/flagged',
    component: lazyRouteComponent(() => import('./desk/flagged-page.tsx'), 'FlaggedPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/listings',
    component: lazyRouteComponent(() => import('./desk/listings-page.tsx'), 'ListingsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/listings/$listingId',
    validateSearch: leansOn,
    component: lazyRouteComponent(() => import('./desk/listing-page.tsx'), 'ListingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/sellers',
    component: lazyRouteComponent(() => import('./desk/sellers-page.tsx'), 'SellersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/sellers/$sellerId',
    validateSearch: leansOn,
    component: lazyRouteComponent(() => import('./desk/seller-page.tsx'), 'SellerPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/statements/$decisionId',
    component: lazyRouteComponent(() => import('./desk/statement-page.tsx'), 'DeskStatementPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/mail',
    component: lazyRouteComponent(() => import('./desk/mail-page.tsx'), 'MailPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/rings',
    component: lazyRouteComponent(() => import('./desk/rings-page.tsx'), 'RingsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/rings/$ringId',
    component: lazyRouteComponent(() => import('./desk/ring-page.tsx'), 'RingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/letters',
    component: lazyRouteComponent(() => import('./desk/letters-page.tsx'), 'LettersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/letters/new',
    validateSearch: z.object({ seller: z.string().optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('./desk/new-letter-page.tsx'), 'NewLetterPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/calls',
    component: lazyRouteComponent(() => import('./desk/calls-page.tsx'), 'CallsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/macros',
    component: lazyRouteComponent(() => import('./desk/macros-page.tsx'), 'MacrosPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/webhooks',
    component: lazyRouteComponent(() => import('./desk/webhooks-page.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/templates',
    validateSearch: z.object({
      kind: z.enum(noticeKinds).optional().catch(undefined),
      language: Language.optional().catch(undefined),
    }),
    component: lazyRouteComponent(() => import('./desk/templates-page.tsx'), 'TemplatesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/desk/people',
    component: lazyRouteComponent(() => import('./desk/people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/policies',
    component: lazyRouteComponent(() => import('./studio/policies-page.tsx'), 'PoliciesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/policies/$name',
    component: lazyRouteComponent(() => import('./studio/policy-page.tsx'), 'PolicyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/policies/$name/trials',
    component: lazyRouteComponent(() => import('./studio/trial-bench.tsx'), 'TrialBenchPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/policies/$name/trials/$trialId',
    component: lazyRouteComponent(() => import('./studio/trial-page.tsx'), 'TrialPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/procedures',
    component: lazyRouteComponent(() => import('./studio/procedures-page.tsx'), 'ProceduresPage'),
  }),
] as const

/** Only an address of these pages: a link elsewhere would carry the new session's visitor away. */
const ownAddress = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined)

const outside = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: z.object({
      error: z.string().optional().catch(undefined),
      next: ownAddress,
    }),
    component: lazyRouteComponent(() => import('./public/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/choose',
    validateSearch: z.object({ next: ownAddress }),
    component: lazyRouteComponent(() => import('./public/choose-page.tsx'), 'ChoosePage'),
    beforeLoad: async (): Promise<void> => {
      if ((await readMe()).kind !== 'seller') redirect({ throw: true, href: '/' })
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/proved',
    component: lazyRouteComponent(() => import('./public/proved-page.tsx'), 'ProvedPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/link/$token',
    validateSearch: z.object({ to: z.literal('belongings').optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('./public/link-page.tsx'), 'LinkPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/recovery',
    component: lazyRouteComponent(() => import('./public/recovery-page.tsx'), 'RecoveryPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/recovery/open',
    component: lazyRouteComponent(() => import('./public/claim-open-page.tsx'), 'ClaimOpenPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/recovery/$number',
    component: lazyRouteComponent(() => import('./public/claim-page.tsx'), 'ClaimPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/recovery/$number/not-us',
    component: lazyRouteComponent(() => import('./public/not-us-page.tsx'), 'NotUsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/recovery/$number/proof',
    component: lazyRouteComponent(
      () => import('./public/claim-letter-page.tsx'),
      'ProofLetterPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/recovery/$number/binding',
    component: lazyRouteComponent(() => import('./public/claim-letter-page.tsx'), 'BindingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/report',
    validateSearch: z.object({
      where: z.string().optional().catch(undefined),
      order: z.string().optional().catch(undefined),
      wrong: z.enum(complaintKinds).optional().catch(undefined),
    }),
    component: lazyRouteComponent(() => import('./public/report-page.tsx'), 'ReportPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/report/open',
    component: lazyRouteComponent(
      () => import('./public/report-status-page.tsx'),
      'ReportOpenPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/report/$number',
    component: lazyRouteComponent(
      () => import('./public/report-status-page.tsx'),
      'ReportStatusPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/evidence/$fileId',
    component: lazyRouteComponent(() => import('./public/evidence-page.tsx'), 'EvidencePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/help',
    component: lazyRouteComponent(() => import('./help/help-page.tsx'), 'HelpPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/help/$topic',
    component: lazyRouteComponent(() => import('./help/help-page.tsx'), 'HelpPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/promises',
    component: lazyRouteComponent(() => import('./public/promises-page.tsx'), 'PromisesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/figures',
    validateSearch: z.object({ period: z.enum(periods).optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('./public/figures-page.tsx'), 'FiguresPage'),
  }),
] as const

/** Everything of a seller's needs a seller: others are sent to where they belong. */
const sellerPages = createRoute({
  getParentRoute: () => root,
  id: 'seller-pages',
  component: SellerShell,
  beforeLoad: async ({ location }): Promise<void> => {
    const me = await readMe()
    if (me.kind === 'staff') redirect({ throw: true, href: '/desk' })
    if (me.kind === 'nobody') {
      redirect({ throw: true, href: `/sign-in${writeSearch({ next: location.href })}` })
    }
    // Nothing is said for one seller that was meant for another.
    if (me.kind === 'seller' && !me.isChosen)
      redirect({ throw: true, href: `/choose${writeSearch({ next: location.href })}` })
  },
})

/** For sellers and staff alike: the page itself takes the frame of who reads it. */
const security = createRoute({
  getParentRoute: () => root,
  path: '/security',
  component: lazyRouteComponent(() => import('./security/security-page.tsx'), 'SecurityPage'),
  beforeLoad: async ({ location }): Promise<void> => {
    const me = await readMe()
    if (me.kind === 'nobody')
      redirect({ throw: true, href: `/sign-in${writeSearch({ next: location.href })}` })
  },
})

const decisions = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .catch(undefined)

const seller = [
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/seller',
    component: lazyRouteComponent(() => import('./seller/home-page.tsx'), 'HomePage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/measures',
    component: lazyRouteComponent(() => import('./seller/measures-page.tsx'), 'MeasuresPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/measures/$decisionId',
    component: lazyRouteComponent(() => import('./seller/statement-page.tsx'), 'StatementPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/cases',
    component: lazyRouteComponent(() => import('./seller/cases-page.tsx'), 'CasesPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/complaints',
    component: lazyRouteComponent(() => import('./seller/complaints-page.tsx'), 'ComplaintsPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/cases/$caseId',
    component: lazyRouteComponent(() => import('./seller/case-page.tsx'), 'CasePage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/appeal',
    validateSearch: z.object({
      decision: decisions.transform((given) => [given ?? []].flat()),
      track: Track.optional().catch(undefined),
    }),
    component: lazyRouteComponent(() => import('./seller/appeal-page.tsx'), 'AppealPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/screening',
    component: lazyRouteComponent(() => import('./seller/screening-page.tsx'), 'ScreeningPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/contact',
    validateSearch: z.object({ topic: z.string().optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('./seller/contact-page.tsx'), 'ContactPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/call',
    validateSearch: z.object({
      topic: z.string().optional().catch(undefined),
      case: z.string().optional().catch(undefined),
    }),
    component: lazyRouteComponent(() => import('./seller/call-page.tsx'), 'CallPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/belongings',
    component: lazyRouteComponent(() => import('./seller/belongings-page.tsx'), 'BelongingsPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/changes',
    component: lazyRouteComponent(() => import('./seller/changes-page.tsx'), 'ChangesPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/members',
    component: lazyRouteComponent(() => import('./seller/members-page.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute: () => sellerPages,
    path: '/account',
    component: lazyRouteComponent(() => import('./seller/account-page.tsx'), 'AccountPage'),
  }),
] as const

const routes = [start, ...outside, security, sellerPages.addChildren(seller), ...staff] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch,
  stringifySearch: writeSearch,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
