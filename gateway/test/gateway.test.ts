import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@fettle/platform/clock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { checkGatewayConfig } from '../src/config.ts'
import { createGateway, type Gateway, type GatewayStatus } from '../src/gateway.ts'
import { runGateway } from '../src/main.ts'
import { gatewayStatusTopic } from '@fettle/contracts/gateway-status'
import { startBroker, type Broker } from './broker.ts'
import { startPlatform, type FakePlatform } from './fake-platform.ts'
import { captureLog } from './log-lines.ts'
import { startModbusServer, type ModbusServer } from './modbus-server.ts'

let dir: string
let platform: FakePlatform
let plant: Broker
let bus: ModbusServer
let log: ReturnType<typeof captureLog>
const running: Gateway[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fettle-gateway-'))
  log = captureLog()
  platform = await startPlatform('GW-1')
  plant = await startBroker()
  bus = await startModbusServer()
  bus.units.set(1, [0x428e, 0x6666])
})
afterEach(async () => {
  for (const gateway of running.splice(0)) await gateway.stop()
  await Promise.all([platform.close(), plant.close(), bus.close()])
  await rm(dir, { recursive: true, force: true })
})

const rawConfig = () => ({
  gateway: 'GW-1',
  platform: { url: platform.broker.url },
  sources: [
    {
      name: 'hall',
      kind: 'modbus-tcp',
      endpoint: { host: '127.0.0.1', port: bus.port },
      pollMs: 50,
      units: [{ unitId: 1, device: 'AC75-1', tags: [{ signal: 'temperature', address: 0, type: 'float32' }] }],
    },
    {
      name: 'pumps',
      kind: 'mqtt',
      url: plant.url,
      subscriptions: [{ topic: 'pumps/{deviceKey}', payload: 'fettle' }],
    },
  ],
})

async function start(): Promise<Gateway> {
  const config = checkGatewayConfig(rawConfig(), { env: {}, folder: dir })
  const gateway = createGateway(config, { logger: log.logger, clock: systemClock, dataDir: dir })
  await gateway.start()
  running.push(gateway)
  return gateway
}

const storedReadings = () => [...platform.stored.values()].flat().flatMap(({ readings }) => readings)
const untilUp = (gateway: Gateway) =>
  eventually(async () => expect((await gateway.status()).sources.map(({ state }) => state)).toEqual(['up', 'up']))

describe('the gateway', () => {
  it('brings readings of all its sources to the platform and tells how it is', async () => {
    const gateway = await start()
    await untilUp(gateway)
    await plant.publish('pumps/P100-1', '{"flow":96}')
    await eventually(() => {
      expect(storedReadings()).toContainEqual(['AC75-1', 'temperature', expect.any(Number), 71.2, 0])
      expect(storedReadings()).toContainEqual(['P100-1', 'flow', expect.any(Number), 96, 0])
    })
    const status = await gateway.status()
    expect(status).toMatchObject({ gateway: 'GW-1', platform: { state: 'up' }, spool: { full: false } })
    expect(status.sources.map(({ name, kind, readings }) => [name, kind, readings > 0])).toEqual([
      ['hall', 'modbus-tcp', true],
      ['pumps', 'mqtt', true],
    ])
    expect(log.messages().sort()).toEqual(['hall is up', 'platform is up', 'pumps is up'])
  })

  it('shows the first status as soon as the platform is there', async () => {
    const told: GatewayStatus[] = []
    platform.broker.aedes.on('publish', ({ topic, payload }) => {
      if (topic === gatewayStatusTopic('GW-1')) told.push(JSON.parse(payload.toString()) as GatewayStatus)
    })
    await start()
    await eventually(() =>
      expect(told[0]).toMatchObject({ gateway: 'GW-1', clockMs: expect.any(Number), sources: [{}, {}] }),
    )
  })

  it('one dead source leaves the other alone, with one line down and one up', async () => {
    const gateway = await start()
    await untilUp(gateway)
    await bus.close()
    await eventually(() => expect(log.messages()).toContainEqual(expect.stringMatching(/^hall is down: 127\.0\.0\.1:/)))
    await plant.publish('pumps/P100-1', '{"flow":91}')
    await eventually(() => expect(storedReadings()).toContainEqual(['P100-1', 'flow', expect.any(Number), 91, 0]))
    expect(storedReadings()).toContainEqual(['AC75-1', 'temperature', expect.any(Number), null, 2])

    bus = await startModbusServer(bus.port)
    bus.units.set(1, [0x42c8, 0])
    await eventually(() =>
      expect(storedReadings()).toContainEqual(['AC75-1', 'temperature', expect.any(Number), 100, 0]),
    )
    expect(log.messages().filter((line) => line.startsWith('hall'))).toEqual([
      'hall is up',
      expect.stringMatching(/^hall is down/),
      'hall is up',
    ])
  })

  it('keeps what it read while the platform was away, over a restart of its own', async () => {
    const gateway = await start()
    await untilUp(gateway)
    await platform.close()
    for (let n = 0; n < 20; n++) await plant.publish('pumps/P100-1', `{"flow":${n}}`)
    await eventually(async () => expect((await gateway.status()).sources[1]?.readings).toBe(20))
    await gateway.stop()

    platform = await startPlatform('GW-1', platform, platform.broker.port)
    await start()
    await eventually(() => {
      const flows = storedReadings()
        .filter(([device]) => device === 'P100-1')
        .map(([, , , value]) => value)
      expect(flows).toEqual(Array.from({ length: 20 }, (_, n) => n))
    })
  })

  it('refuses a second gateway on the same folder, and lets go of it', async () => {
    const gateway = await start()
    await expect(start()).rejects.toThrow(`another gateway is running on ${dir}`)
    await gateway.stop()
    await (await start()).stop()
  })

  it('runs from a file until it is told to stop', async () => {
    const path = join(dir, 'gateway.json')
    await writeFile(path, JSON.stringify(rawConfig()))
    const stop = new AbortController()
    const ended = runGateway(path, { env: { FETTLE_DATA: dir }, logger: log.logger, signal: stop.signal })
    await eventually(() => expect(storedReadings().length).toBeGreaterThan(0))
    stop.abort()
    await ended
    expect(log.messages().at(-1)).toBe('gateway GW-1 stopped')
  })
})
