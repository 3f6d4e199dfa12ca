import { createLogger } from '@fettle/platform/logging'
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.ts'
import { type Order, reporting } from './messages.ts'

/** Starts the embedded PostgreSQL like Fettle does: `own-postgres.ts DATA_DIR [PACKAGE_ROOT]`. */
const [dataDir = '', packageRoot] = process.argv.slice(2)

await reporting(async () => {
  const logger = createLogger({ name: 'owner', level: 'silent' })
  const server = await startEmbeddedPostgres({ dataDir, logger, ...(packageRoot ? { packageRoot } : {}) })
  process.on('message', (order: Order) => {
    if (order === 'throw') throw new Error('an error that nobody catches')
    void server.stop().then(() => process.disconnect())
  })
  return { kind: 'started', url: server.url, port: server.port }
})
