import { startEmbeddedPlatform } from './crash/platform.ts'
import { surviveTenKills } from './crash/ten-kills.ts'

surviveTenKills({ start: startEmbeddedPlatform, server: 'PostgreSQL' })
