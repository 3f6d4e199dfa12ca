import '@fontsource-variable/noto-sans-sc/index.css'
import './design/global.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App } from 'antd'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueries } from './app/query-client.ts'
import { makeRouter } from './app/router.tsx'
import { reloadWhenOutdated } from './app/stale-build.ts'
import { AppearanceProvider } from './design/appearance.tsx'
import { repairBrowserLanguage } from './i18n/browser-language.ts'
import { setUpI18n } from './i18n/setup.ts'
import { forgetValues } from './live/live-values.ts'

reloadWhenOutdated()
repairBrowserLanguage()
const queries = createQueries(() => {
  if (router.state.location.pathname === '/sign-in') return
  queries.clear()
  forgetValues()
  // The guard of the signed-in routes finds no session and keeps the address for afterwards.
  void router.invalidate()
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
