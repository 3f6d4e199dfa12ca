import '@fontsource-variable/noto-sans-sc/index.css'
import './design/global.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App } from 'antd'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { sessionQuery } from './api/session.ts'
import { forgetPerson } from './app/forget-person.ts'
import { createQueries } from './app/query-client.ts'
import { makeRouter } from './app/router.tsx'
import { reloadWhenOutdated } from './app/stale-build.ts'
import { AppearanceProvider } from './design/appearance.tsx'
import { repairBrowserLanguage } from './i18n/browser-language.ts'
import { setUpI18n } from './i18n/setup.ts'

reloadWhenOutdated()
repairBrowserLanguage()
let leaving = false
const queries = createQueries(() => {
  // Without a session the guard of the routes already leads to the sign-in page; several answers may say so at once.
  if (leaving || queries.getQueryData(sessionQuery().queryKey) === undefined) return
  leaving = true
  void router.navigate({ to: '/sign-in', search: { next: router.state.location.href }, replace: true }).finally(() => {
    leaving = false
    forgetPerson(queries)
  })
})
const router = makeRouter(queries)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')
await setUpI18n()
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AppearanceProvider>
        <App component={false}>
          <RouterProvider router={router} />
        </App>
      </AppearanceProvider>
    </QueryClientProvider>
  </StrictMode>,
)
