import type { Logger } from './logging.ts'

/**
 * Something that runs. Making it does nothing; `start` resolves when it is ready for work, `stop` when it has let go of
 * everything. A `start` that fails cleans up after itself.
 */
export interface Service {
  readonly name: string
  start(): Promise<void>
  stop(): Promise<void>
}

export interface ComposeOptions {
  name?: string
  /** How long one service may take to stop before the others go on without it. */
  stopTimeoutMs?: number
}

/**
 * Several services as one. They start in order and stop in reverse, so list what others depend on first. When a start
 * fails, those already started are stopped and the error goes to the caller. A stop that fails or exceeds its time is
 * logged and does not keep the others from stopping. `stop` may be called at any time and more than once.
 */
export function compose(services: readonly Service[], logger: Logger, options: ComposeOptions = {}): Service {
  const { name = services.map((service) => service.name).join('+'), stopTimeoutMs = 10_000 } = options
  const started: Service[] = []
  let starting: Promise<void> | undefined
  let stopping: Promise<void> | undefined

  async function startAll(): Promise<void> {
    for (const service of services) {
      if (stopping) return // stop was called meanwhile and takes care of those in `started`
      const sinceMs = performance.now()
      await service.start()
      started.push(service)
      logger.debug({ service: service.name, tookMs: Math.round(performance.now() - sinceMs) }, 'started')
    }
  }

  async function stopStarted(): Promise<void> {
    for (let service = started.pop(); service; service = started.pop()) await stopOne(service, logger, stopTimeoutMs)
  }

  return {
    name,
    async start() {
      if (starting) throw new Error(`${name} was already started`)
      starting = startAll()
      try {
        await starting
      } catch (error) {
        await stopStarted()
        throw error
      }
    },
    stop() {
      // An unfinished start ends first: a service that is half started cannot be stopped.
      stopping ??= (starting ?? Promise.resolve()).catch(() => {}).then(stopStarted)
      return stopping
    },
  }
}

async function stopOne(service: Service, logger: Logger, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<'expired'>((resolve) => {
    timer = setTimeout(() => resolve('expired'), timeoutMs)
  })
  try {
    const outcome = await Promise.race([service.stop(), expired])
    if (outcome === 'expired') logger.error({ service: service.name, timeoutMs }, 'did not stop in time; going on')
    else logger.debug({ service: service.name }, 'stopped')
  } catch (error) {
    logger.error({ service: service.name, err: error }, 'failed to stop; going on')
  } finally {
    clearTimeout(timer)
  }
}
