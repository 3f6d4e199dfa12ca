import { tempFolder, type TempFolder } from '@fettle/testing/temp-folder'
import { afterAll, describe } from 'vitest'
import { startInstance } from './instance.ts'
import { hasDebianServers, startDebianServers, type DebianServers } from './servers/debian-servers.ts'
import { tellFanStory } from './story/fan-story.ts'

describe.skipIf(!(await hasDebianServers()))('on Debian’s servers', () => {
  let servers: DebianServers | undefined
  let folder: TempFolder | undefined
  afterAll(async () => {
    await servers?.stop()
    await folder?.remove()
  })
  tellFanStory(async () => {
    folder = await tempFolder('servers')
    servers = await startDebianServers(folder.path)
    return startInstance({ demo: true, env: servers.env })
  })
})
