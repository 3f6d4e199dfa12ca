import { describe } from 'vitest'
import { surviveTenKills } from './crash/ten-kills.ts'
import { hasDebianServers } from './servers/debian-servers.ts'
import { startServerPlatform } from './servers/server-platform.ts'

describe.skipIf(!(await hasDebianServers()))('on Debian’s servers', () => {
  surviveTenKills({ start: startServerPlatform, server: 'influxd' })
})
