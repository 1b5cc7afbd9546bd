/** The router: which address shows which page. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { queryClient } from './api.ts'
import { ErrorPage, NotFoundPage } from './public/not-found-page.tsx'
import { meQuery } from './session.ts'

const root = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: ErrorPage })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const { me } = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
    switch (me.kind) {
      case 'staff':
        throw redirect({ href: '/desk' })
      case 'seller':
      case 'link':
        throw redirect({ href: '/seller' })
      case 'nobody':
        throw redirect({ href: '/sign-in' })
    }
  },
})

const routes = [start]

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
