import path from 'node:path'
import { acquireDataFolderLock } from '@fettle/db/embedded/data-folder-lock'
import { prepareDataFolder } from '@fettle/db/embedded/data-layout'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { expect, it } from 'vitest'
import { runFettle } from './run-fettle.ts'

const { url } = await testDatabase()

it('a command works on the database of DATABASE_URL while the platform runs on the same data folder', async () => {
  await using folder = await tempFolder('beside')
  const dataDir = path.join(folder.path, 'data')
  const { root } = await prepareDataFolder(dataDir)
  const lock = await acquireDataFolderLock(root)
  try {
    const env = { DATABASE_URL: url, FETTLE_DATA: dataDir }
    const { code, stdout, stderr } = await runFettle(['grafana', 'org', 'list'], { env })
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'There is none; `fettle grafana org create` makes one.\n',
      stderr: '',
    })
  } finally {
    await lock.release()
  }
})
