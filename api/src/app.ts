import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { logTrouble } from '@fettle/db/away'
import { uuidv7 } from '@fettle/platform/ids'
import { DrizzleQueryError } from 'drizzle-orm'
import { fastify, LogController, type FastifyReply } from 'fastify'
import { alarmRoutes } from './alarms/routes.ts'
import type { App } from './app-type.ts'
import { maintenanceWindowRoutes } from './assets/maintenance-windows.ts'
import { assetRoutes } from './assets/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { recordRefusals } from './audit/refusals.ts'
import { customerRoutes } from './customers/routes.ts'
import type { Dependencies } from './dependencies.ts'
import { engineerRoutes } from './engineers/routes.ts'
import { eventRoutes } from './events/routes.ts'
import type { LiveHub } from './events/live-hub.ts'
import { exportRoutes } from './exports/routes.ts'
import { failureModeRoutes } from './failure-modes/routes.ts'
import { gatewayRoutes } from './gateways/routes.ts'
import { healthRoutes } from './health.ts'
import type { JobRunner } from './jobs/runner.ts'
import { moneyRoutes } from './money/routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { partRoutes } from './parts/routes.ts'
import { createGuard } from './policy/guard.ts'
import { problemOf, sendProblem } from './problem.ts'
import { ruleRoutes } from './rules/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { createSessions } from './sessions/sessions.ts'
import { telemetryRoutes } from './telemetry/routes.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { validatorCompiler } from './validation.ts'
import { viewRoutes } from './views/routes.ts'
import { visitRoutes } from './visits/routes.ts'
import { webRoutes } from './web.ts'
import { createWrite } from './writes.ts'

const bodyLimit = 1024 * 1024
/** To send a whole request; Fastify has no limit of its own. */
const requestTimeoutMs = 60_000

/** The HTTP application without a listener; tests call `inject` on it. */
export async function buildApp(deps: Dependencies, live: LiveHub, jobs: Pick<JobRunner, 'works'>): Promise<App> {
  const app: App = fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout: requestTimeoutMs,
    genReqId: () => uuidv7(),
    routerOptions: { maxParamLength: 200 },
    trustProxy: 'loopback',
    frameworkErrors: (error, request, reply: FastifyReply) => void sendProblem(reply, problemOf(error, request.id)),
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)

  await app.register(helmet, { contentSecurityPolicy: contentSecurityPolicy })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(swagger, { openapi: openapi(deps.version) })

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.id)
    if (problem.status >= 500)
      logTrouble(request.log, error, 'request failed', { level: 'error', facts: { url: request.url } })
    else if (error instanceof DrizzleQueryError)
      request.log.warn({ err: error }, 'the contract let pass what no row holds')
    return sendProblem(reply, problem)
  })

  healthRoutes(app, deps, jobs)
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger())
  await webRoutes(app, deps)
  await app.register(async (api: App) => {
    const { db } = deps.database
    const sessions = createSessions(db, deps.clock)
    const write = createWrite(db, deps.clock)
    api.decorateRequest('actor')
    api.addHook('onRequest', createGuard(sessions))
    recordRefusals(api, deps)

    sessionRoutes(api, sessions, deps)
    overviewRoutes(api, deps)
    assetRoutes(api, deps, write)
    maintenanceWindowRoutes(api, deps, write)
    telemetryRoutes(api, deps)
    alarmRoutes(api, deps, write)
    ticketRoutes(api, deps, write)
    visitRoutes(api, deps, write)
    partRoutes(api, deps, write)
    moneyRoutes(api, deps, write)
    engineerRoutes(api, deps)
    failureModeRoutes(api, deps)
    customerRoutes(api, deps)
    ruleRoutes(api, deps)
    gatewayRoutes(api, deps, write)
    auditRoutes(api, deps)
    viewRoutes(api, deps, write)
    exportRoutes(api, deps)
    eventRoutes(api, live, sessions)
  })
  return app
}

/** Everything from our own origin; antd writes style elements, charts draw to data URLs. */
const contentSecurityPolicy = {
  useDefaults: true,
  directives: {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'upgrade-insecure-requests': null,
  },
}

const openapi = (version: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Fettle 机康',
    version,
    description: 'Machines raise their own repair tickets; this API runs everything that follows.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http' as const, scheme: 'bearer' },
      cookie: { type: 'apiKey' as const, in: 'cookie', name: 'fettle_session' },
    },
  },
  security: [{ bearer: [] }, { cookie: [] }],
})
