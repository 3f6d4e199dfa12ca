import { createDynamicSecurity } from '@fettle/ingest/broker/dynamic-security'
import type { Platform } from '../crash/platform.ts'
import { startInstance } from '../instance.ts'
import { startDebianServers } from './debian-servers.ts'

/** Fettle on PostgreSQL, InfluxDB and mosquitto of Debian; the server that is killed is InfluxDB, and is started again at once. */
export async function startServerPlatform(dataDir: string): Promise<Platform> {
  const { env, databaseUrl, influxd, mosquitto, stop } = await startDebianServers(dataDir)
  const start = () => startInstance({ demo: false, dataDir, web: false, env })
  let instance = await start()
  let output = ''
  return {
    url: () => instance.url,
    mqttUrl: () => instance.mqttUrl,
    databaseUrl: () => databaseUrl,
    async admit({ directMachines, gatewayKey, secretOf }) {
      const accounts = createDynamicSecurity(mosquitto.url)
      await accounts.grant({ kind: 'gateway', key: gatewayKey }, secretOf(gatewayKey))
      for (const { key } of directMachines) await accounts.grant({ kind: 'device', key }, secretOf(key))
      await accounts.close()
    },
    async kill(victim) {
      await Promise.all([victim !== 'server' && instance.kill9(), victim !== 'fettle' && influxd.kill()])
      if (victim !== 'fettle') await influxd.start()
    },
    async restart() {
      output += instance.output()
      instance = await start()
    },
    async stop() {
      await instance.stop()
      await stop()
    },
    async abandon() {
      await instance.kill9()
      await stop()
    },
    output: () => output + instance.output(),
  }
}
