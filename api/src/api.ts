import { compose, type Service } from '@fettle/platform/lifecycle'
import { buildApp } from './app.ts'
import type { App } from './app-type.ts'
import { createStateWatch } from './assets/state-watch.ts'
import type { Dependencies } from './dependencies.ts'
import { createLiveHub } from './events/live-hub.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createJobRunner } from './jobs/runner.ts'

export interface Address {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
}

/** The api as a service: jobs, chores, the live stream, and HTTP last, so that it answers only when all of it works. */
export function createApi(deps: Dependencies, { host, port }: Address): Service & { url(): string } {
  const live = createLiveHub(deps)
  const jobs = createJobRunner(deps)
  const http = createHttp()
  const all = compose([jobs, createHousekeeping(deps), createStateWatch(deps), live, http], deps.logger, {
    name: 'api',
  })

  function createHttp(): Service & { url(): string } {
    let app: App | undefined
    let url = ''
    return {
      name: 'http',
      async start() {
        app = await buildApp(deps, live, jobs)
        url = await app.listen({ host, port })
      },
      async stop() {
        await app?.close()
      },
      url: () => url,
    }
  }

  return { ...all, url: http.url }
}
