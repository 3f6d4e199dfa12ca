import { untilAborted } from '@fettle/platform/until-aborted'
import { defineDriver, type Driver, type DriverContext, type Reading, type Sink } from '../../driver.ts'
import { checkOpcuaSource, OpcuaSource } from './config.ts'
import { createServerClock } from './server-clock.ts'
import type { Connection } from './connect.ts'
import type { Subscription } from './subscription.ts'
import { createTags } from './tags.ts'
import { expiryWarnings, type DatedCertificate } from './validity.ts'

/** OPC UA: one session with one subscription for each server. */
export const opcua = defineDriver({
  kind: 'opcua',
  schema: OpcuaSource,
  check: checkOpcuaSource,
  create: createOpcuaDriver,
})

const expiryCheckMs = 3_600_000

/**
 * A run ends with its connection, as the supervisor wants it; the session does not. The server keeps it, with all that the
 * subscription sees meanwhile, and the next run takes both over and fetches first what was not acknowledged. This loses
 * less than the library's own reconnection: it acknowledges what it has received, which is not yet durable, and it
 * makes a new subscription silently when the server was restarted.
 */
export function createOpcuaDriver(source: OpcuaSource, context: DriverContext): Driver {
  const server = createServerClock(context.clock)
  const tags = createTags(source, context, server)
  /** What the server keeps for us since the last connection was lost. */
  let kept: Subscription | undefined

  return {
    async run(sink, signal) {
      try {
        await follow(sink, signal)
      } catch (error) {
        if (signal.aborted) return
        await sink(tags.loseAll())
        throw error
      }
    },
  }

  async function follow(sink: Sink, signal: AbortSignal): Promise<never> {
    const { connect, subscribe } = await loadClient()
    const { gateway, dataDir } = context
    const connection = await connect(source, { gateway, dataDir, signal })
    let subscription = kept
    try {
      if (!subscription || !(await subscription.resume(connection))) {
        await subscription?.end()
        kept = undefined
        subscription = await untilAborted(subscribe(source, connection, server), signal)
        tags.begin()
      }
      return await pass(subscription, connection, sink, signal)
    } finally {
      if (signal.aborted) kept = undefined
      if (!kept) await subscription?.end()
      await connection.close()
    }
  }

  async function pass(
    subscription: Subscription,
    { certificates }: Connection,
    sink: Sink,
    signal: AbortSignal,
  ): Promise<never> {
    let warnAtMs = 0
    await sink(await register(subscription, signal))
    context.up()
    for await (const { values, isRepeated, isUpToDate } of subscription.messages(signal)) {
      await sink(tags.take(values, isRepeated ? 'missed' : 'told'))
      await sink(await register(subscription, signal))
      if (performance.now() >= warnAtMs) {
        warnAtMs = performance.now() + expiryCheckMs
        warnOfExpiry(certificates)
      }
      if (isUpToDate) await sink(await untilAborted(tags.confirm(subscription), signal))
    }
    throw new Error('the messages of a subscription do not end')
  }

  /** Connections last for months, and on the day itself nobody could connect again. */
  function warnOfExpiry(certificates: readonly DatedCertificate[]): void {
    const warnings = expiryWarnings(certificates, context.clock.now())
    if (warnings.length > 0) context.report({ subject: 'certificates', message: warnings.join('; ') })
    else context.solved('certificates')
  }

  /** A subscription is worth keeping only while it is certain what it watches. */
  async function register(subscription: Subscription, signal: AbortSignal): Promise<Reading[]> {
    kept = undefined
    const readings = await untilAborted(tags.register(subscription), signal)
    kept = subscription
    return readings
  }
}

/** node-opcua is large: a gateway without a source of this kind does not load it. */
async function loadClient() {
  const [{ connect }, { subscribe }] = await Promise.all([import('./connect.ts'), import('./subscription.ts')])
  return { connect, subscribe }
}
