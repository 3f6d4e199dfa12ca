import { writeSync } from 'node:fs'
import { systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import type { Driver } from '../../src/driver.ts'
import { createSource } from '../../src/source.ts'
import { openSpool } from '../../src/spool.ts'
import { createUploader } from '../../src/upload.ts'

/** Started by kill.test.ts, and killed. Prints every value that the sink has promised to keep. */
const [dir = '', url = '', run = ''] = process.argv.slice(2)
const logger = createLogger({ name: 'child', level: 'silent' })
const clock = systemClock
const spool = await openSpool({ dir, maxBytes: 64 * 1024 * 1024, logger, clock })
const uploader = createUploader({
  gateway: 'GW-KILL',
  platform: { url, timeoutMs: 2_000, ackTimeoutMs: 2_000, window: 16 },
  spool,
  logger,
  clock,
  pauses: { next: () => 50, reset: () => {} },
})

/** A driver that delivers as fast as it may. */
const eager = (source: number): Driver => ({
  async run(sink, signal) {
    for (let n = 0; !signal.aborted; n++) {
      const value = `${run}-${source}-${n}`
      await sink([['D', `s${source}`, clock.now(), value, 0]])
      writeSync(1, `${value}\n`)
    }
  },
})

const sources = [1, 2, 3].map((source) =>
  createSource({
    gateway: 'GW-KILL',
    name: `source-${source}`,
    kind: 'eager',
    dataDir: dir,
    create: () => eager(source),
    store: (readings) => spool.append(readings),
    logger,
    clock,
  }),
)
await uploader.start()
if (run !== 'drain') for (const source of sources) await source.start()
