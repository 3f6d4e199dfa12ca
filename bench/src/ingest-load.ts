import { telemetryTopic } from '@fettle/contracts/uplink'
import { connectAsync } from 'mqtt'

/** What `benchIngest` tells its load process, as JSON in the first argument. */
export interface LoadPlan {
  url: string
  devices: { key: string; secret: string; signals: string[] }[]
  messagesPerDevice: number
  readingsPerMessage: number
  /** Messages of one device that wait for their PUBACK at a time. */
  window: number
  /** Time of the first reading; each device measures once a second. */
  startMs: number
}

/** A process of its own, so that making messages costs the measured one nothing. Says `ready`, waits for a byte, says `done`. */
async function main(plan: LoadPlan): Promise<void> {
  const clients = await Promise.all(
    plan.devices.map(({ key, secret }) => connectAsync(plan.url, { username: key, password: secret, clientId: key })),
  )
  process.stdout.write('ready\n')
  await new Promise((resolve) => process.stdin.once('data', resolve))
  await Promise.all(
    clients.map(async (client, i) => {
      const device = plan.devices[i]
      if (!device) return
      let sent = 0
      const sender = async () => {
        while (sent < plan.messagesPerDevice) {
          await client.publishAsync(telemetryTopic(device.key), messageOf(plan, device.signals, sent++), { qos: 1 })
        }
      }
      await Promise.all(Array.from({ length: plan.window }, sender))
    }),
  )
  process.stdout.write('done\n')
  for (const client of clients) client.end(true)
  process.stdin.destroy()
}

/** `[{"ts": …, "values": {"s0": 71.23, …}}, …]` with values as sensors give them. */
function messageOf({ readingsPerMessage, startMs }: LoadPlan, signals: readonly string[], index: number): string {
  const scans = readingsPerMessage / signals.length
  const parts: string[] = []
  for (let scan = 0; scan < scans; scan++) {
    const second = index * scans + scan
    const values = signals.map(
      (key, s) => `"${key}":${(70 + s + 5 * Math.sin(second / 40 + s) + Math.random()).toFixed(2)}`,
    )
    parts.push(`{"ts":${startMs + second * 1_000},"values":{${values.join(',')}}}`)
  }
  return `[${parts.join(',')}]`
}

await main(JSON.parse(process.argv[2] ?? '{}') as LoadPlan)
