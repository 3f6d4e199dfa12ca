import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { GatewayStatusMessage } from '@fettle/contracts/gateway-status'
import type { Clock } from '@fettle/platform/clock'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import type { GatewayConfig } from './config.ts'
import { lockFolder, type FolderLock } from './folder-lock.ts'
import { createSource, type SourceStatus } from './source.ts'
import { openSpool, type Spool, type SpoolStatus } from './spool.ts'
import { createUploader, type Uploader, type UploadStatus } from './upload.ts'

/** What a gateway tells about itself: what the platform reads, and more for whoever looks closer. Times are epoch ms of the gateway's own clock. */
export interface GatewayStatus extends GatewayStatusMessage {
  gateway: string
  bootId: string
  /** Now, so that the platform sees how far the gateway's clock is off. */
  clockMs: number
  startedMs: number
  /** `batches` is the depth of the buffer, `oldestMs` its age. */
  spool: SpoolStatus
  platform: UploadStatus
  sources: SourceStatus[]
}

export interface Gateway extends Service {
  /** Rejects when the gateway is not running. */
  status(): Promise<GatewayStatus>
}

export interface GatewayOptions {
  logger: Logger
  clock: Clock
  /** The gateway's own folder; it is made when missing. */
  dataDir: string
}

interface Running {
  lock: FolderLock
  spool: Spool
  uploader: Uploader
  sources: ReturnType<typeof createSource>[]
  startedMs: number
}

const statusEveryMs = 15_000

/**
 * Sources on one side, the platform on the other, the spool between them. `start` resolves when all of them run, whether
 * or not equipment and platform can be reached: that is what the supervisors are for.
 */
export function createGateway(config: GatewayConfig, { logger, clock, dataDir }: GatewayOptions): Gateway {
  const { gateway } = config
  const stopping = new AbortController()
  let running: Running | undefined
  let reporting = Promise.resolve()

  async function status(): Promise<GatewayStatus> {
    if (!running) throw new Error(`the gateway ${gateway} is not running`)
    const { spool, uploader, sources, startedMs } = running
    return {
      gateway,
      bootId: spool.bootId,
      clockMs: clock.now(),
      startedMs,
      spool: await spool.status(),
      platform: uploader.status(),
      sources: sources.map((source) => source.status()),
    }
  }

  async function report(): Promise<void> {
    try {
      running?.uploader.publishStatus(await status())
    } catch (error) {
      if (!stopping.signal.aborted) logger.warn({ err: error }, 'the status could not be made')
    }
  }

  async function reportForEver(): Promise<void> {
    for await (const _ of every(statusEveryMs, stopping.signal)) await report()
  }

  return {
    name: `gateway ${gateway}`,
    async start() {
      await mkdir(dataDir, { recursive: true })
      const lock = await lockFolder(dataDir)
      try {
        const { maxBytes } = config.spool
        const spool = await openSpool({ dir: join(dataDir, 'spool'), maxBytes, logger, clock })
        const uploader = createUploader({
          gateway,
          platform: config.platform,
          spool,
          logger,
          clock,
          onConnected: () => void report(),
        })
        const sources = config.sources.map(({ name, kind, config: source }) =>
          createSource({
            gateway,
            name,
            kind: kind.kind,
            dataDir,
            create: (context) => kind.create(source, context),
            store: (readings) => spool.append(readings),
            logger,
            clock,
          }),
        )
        running = { lock, spool, uploader, sources, startedMs: clock.now() }
      } catch (error) {
        await lock.release()
        throw error
      }
      await Promise.all([running.uploader, ...running.sources].map((service) => service.start()))
      reporting = reportForEver()
    },
    async stop() {
      if (!running) return
      const { lock, spool, uploader, sources } = running
      stopping.abort()
      await reporting
      await Promise.all(sources.map((source) => source.stop()))
      await uploader.stop()
      running = undefined
      await spool.close()
      await lock.release()
    },
    status,
  }
}
