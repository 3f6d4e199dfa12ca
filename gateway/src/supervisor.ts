import { setMaxListeners } from 'node:events'
import type { Clock } from '@fettle/platform/clock'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { backoff, delay, type Backoff } from '@fettle/platform/retry'

export interface LinkStatus {
  /** `starting` until it was up or down for the first time. */
  state: 'starting' | 'up' | 'down' | 'stopped'
  /** Since when it is in that state, epoch ms. */
  sinceMs: number
  /** Why it went down last; stays when it is up again. */
  lastError?: { message: string; atMs: number }
  /** How many runs failed since the start. */
  failures: number
}

export interface SuperviseOptions {
  name: string
  /**
   * One attempt: works until `signal` aborts, then returns; throws on trouble. `up` is to be called in every run as soon
   * as the other side has proven that it answers.
   */
  run(signal: AbortSignal, up: () => void): Promise<void>
  /** Told after a run failed, before the pause. */
  onDown?: () => void
  logger: Logger
  clock: Clock
  /** Pauses between attempts; half a second doubling to half a minute, with jitter, unless told otherwise. */
  pauses?: Backoff
}

/** A link that stayed up this long has recovered: its next failure is a new one. */
const recoveredMs = 10_000

/** A restart has several reasons within seconds. What still fails after this long for another reason is worth a line. */
const otherReasonsAfterMs = 60_000
/** Reasons told while a link is down; some servers never give the same one twice. */
const reasonsTold = 5

/**
 * Keeps one link running: a failed run is followed by a pause and another one, for ever. The log gets one line when the
 * link goes down, with the reason, and one when it is up. Attempts in between are silent and only counted. After a minute
 * each reason that was not told yet gets a line as well: a server that comes back with another certificate is no longer a pulled
 * cable.
 */
export function supervise(options: SuperviseOptions): Service & { status(): LinkStatus } {
  const { name, logger, clock, pauses = backoff({ initialMs: 500, maxMs: 30_000 }) } = options
  const controller = new AbortController()
  setMaxListeners(0, controller.signal) // as many wait on it as readings are under way; Node takes eleven for a leak
  let status: LinkStatus = { state: 'starting', sinceMs: clock.now(), failures: 0 }
  /** Since the link was up last. */
  const told = new Set<string>()
  let loop: Promise<void> | undefined

  const become = (state: LinkStatus['state']) => {
    status = { ...status, state, sinceMs: clock.now() }
  }

  function up(): void {
    if (status.state === 'up' || status.state === 'stopped') return
    const downForMs = status.state === 'down' ? { downForMs: clock.now() - status.sinceMs } : {}
    become('up')
    told.clear()
    logger.info({ link: name, ...downForMs }, `${name} is up`)
  }

  function down(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (status.state === 'up' && clock.now() - status.sinceMs >= recoveredMs) pauses.reset()
    const goesDown = status.state !== 'down'
    if (goesDown) become('down')
    status = { ...status, failures: status.failures + 1, lastError: { message, atMs: clock.now() } }
    options.onDown?.()
    const isNews = goesDown || clock.now() - status.sinceMs >= otherReasonsAfterMs
    if (!isNews || told.has(message) || told.size >= reasonsTold) return
    told.add(message)
    logger.warn({ link: name }, `${name} is ${goesDown ? '' : 'still '}down: ${message}`)
  }

  async function keepRunning(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await options.run(signal, up)
        if (!signal.aborted) throw new Error('it ended without being told to')
      } catch (error) {
        if (signal.aborted) return
        down(error)
      }
      await delay(pauses.next(), signal).catch(() => {}) // aborted: the loop ends
    }
  }

  return {
    name,
    start() {
      status = { ...status, sinceMs: clock.now() }
      loop ??= keepRunning(controller.signal)
      return Promise.resolve()
    },
    async stop() {
      controller.abort(new Error(`${name} was stopped`))
      await loop
      become('stopped')
    },
    status: () => status,
  }
}
