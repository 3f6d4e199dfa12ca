import { acquireDataFolderLock } from '../../src/embedded/data-folder-lock.ts'
import { reporting } from './messages.ts'

/** Locks a data folder and keeps it until the process ends: `hold-lock.ts DATA_DIR`. */
await reporting(async () => {
  await acquireDataFolderLock(process.argv[2] ?? '')
  process.on('message', () => {}) // keeps the process running
  return { kind: 'locked' }
})
