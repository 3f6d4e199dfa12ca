import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLogger } from '@fettle/platform/logging'
import {
  AttributeIds,
  DataChangeFilter,
  DataChangeTrigger,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  UserTokenType,
  type ClientSession,
  type DataValue,
} from 'node-opcua-client'
import { OPCUACertificateManager } from 'node-opcua-certificate-manager'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createOpcUaOutlet } from '../src/replay/opcua-outlet.ts'
import type { ReplayOutlet } from '../src/replay/outlet.ts'
import type { Sample } from '../src/replay/sample.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const startMs = Date.UTC(2013, 11, 2, 21, 15)
const never = new AbortController().signal
const login = { username: 'fettle', password: 'correct horse' }

/** A value that repeats, one that is missing, and no two samples at the same time. */
const recorded = Array.from({ length: 250 }, (_, index) => (index % 50 === 7 ? null : 70 + Math.floor(index / 3)))
const samples: Sample[] = recorded.map((value, index) => ({ tsMs: startMs + index * 300_000, values: [value, index] }))
const indexOf = (tsMs: number) => (tsMs - startMs) / 300_000

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'replay-opcua-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function open(secured = false) {
  const names = { device: 'M1', signals: ['temperature', 'row'] }
  const place = { host: '127.0.0.1', port: 0, pkiFolder: path.join(folder, 'pki'), logger }
  const outlet = createOpcUaOutlet({ ...names, ...place, ...(secured && { login }) })
  const { port = 0, source } = await outlet.open(samples[0]!)
  onTestFinished(() => outlet.close())
  return { outlet, url: `opc.tcp://127.0.0.1:${port}`, source }
}

function walk(outlet: ReplayOutlet, played = samples) {
  const taken: number[] = []
  return { taken, done: outlet.step(played, ({ tsMs }) => taken.push(indexOf(tsMs)), never) }
}

async function connect(url: string, options: { secured?: boolean; password?: string } = {}) {
  const { secured = false, password = login.password } = options
  const client = OPCUAClient.create({
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0 },
    clientCertificateManager: new OPCUACertificateManager({
      rootFolder: path.join(folder, 'client'),
      automaticallyAcceptUnknownCertificate: true,
      disableFileWatchers: true,
    }),
    ...(secured && {
      securityMode: MessageSecurityMode.SignAndEncrypt,
      securityPolicy: SecurityPolicy.Basic256Sha256,
    }),
  })
  onTestFinished(() => client.disconnect())
  await client.connect(url)
  const session = secured
    ? await client.createSession({ type: UserTokenType.UserName, userName: login.username, password })
    : await client.createSession()
  return { client, session }
}

interface Wish {
  queueSize: number
  samplingInterval?: number
  trigger?: DataChangeTrigger
}

/** What a subscription heard of the temperature: row (from its time), value, and whether it was good. */
async function subscribe(session: ClientSession, wish: Wish) {
  const { queueSize, samplingInterval = 0, trigger = DataChangeTrigger.StatusValueTimestamp } = wish
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: 50,
    requestedLifetimeCount: 100,
    requestedMaxKeepAliveCount: 5,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 0,
  })
  const index = (await session.readNamespaceArray(), session.getNamespaceIndex('urn:fettle:replay'))
  const heard: (readonly [row: number, value: number, good: boolean])[] = []
  const items = await subscription.monitorItems(
    ['temperature', 'row'].map((name) => ({
      nodeId: `ns=${index};s=M1.${name}`,
      attributeId: AttributeIds.Value,
    })),
    {
      queueSize,
      samplingInterval,
      discardOldest: true,
      filter: new DataChangeFilter({ trigger, deadbandType: 0, deadbandValue: 0 }),
    },
    TimestampsToReturn.Both,
  )
  const [temperature] = items.monitoredItems
  items.on('changed', (item, value: DataValue) => {
    if (item.itemToMonitor.nodeId.toString() !== temperature?.itemToMonitor.nodeId.toString()) return
    heard.push([
      indexOf(value.sourceTimestamp?.getTime() ?? NaN),
      value.value.value as number,
      value.statusCode.isGood(),
    ])
  })
  return { heard, subscription }
}

const everySample = recorded.map((value, row) => [row, value ?? 0, value !== null] as const)

describe('stepped', () => {
  it.each([1, 7, 1_000])('gives every sample once and in order to a queue of %i', async (queueSize) => {
    const { outlet, url } = await open()
    const { session } = await connect(url)
    const played = samples.slice(0, queueSize === 1 ? 12 : samples.length)
    const { heard } = await subscribe(session, { queueSize })
    const { taken, done } = walk(outlet, played)
    await done
    expect(taken).toEqual(played.map((_, row) => row))
    expect(heard).toEqual(everySample.slice(0, played.length))
  })

  it('waits for a reader, and goes on with the next samples', async () => {
    const { outlet, url } = await open()
    const first = walk(outlet, samples.slice(0, 100))
    const { session } = await connect(url)
    const { heard } = await subscribe(session, { queueSize: 60 })
    await first.done
    await walk(outlet, samples.slice(100)).done
    expect(heard).toEqual(everySample)
  })

  it('does not wait for what a client does not want to be told: a value that stays', async () => {
    const { outlet, url } = await open()
    const { session } = await connect(url)
    const { heard } = await subscribe(session, { queueSize: 20, trigger: DataChangeTrigger.StatusValue })
    await walk(outlet).done
    const changes = everySample.filter(([, value, good], row) => {
      const before = everySample[row - 1]
      return !before || before[1] !== value || before[2] !== good
    })
    expect(heard).toEqual(changes)
  })

  it('begins again at the first sample that a lost reader has not acknowledged', async () => {
    const { outlet, url } = await open()
    const { taken, done } = walk(outlet)
    const first = await connect(url)
    const { subscription, heard: heardFirst } = await subscribe(first.session, { queueSize: 10 })
    await new Promise<void>((resolve) => {
      subscription.on('received_notifications', () => {
        if (taken.length >= 50) resolve()
      })
    })
    await first.client.disconnect()
    const safe = taken.length
    const second = await connect(url)
    const { heard } = await subscribe(second.session, { queueSize: 10 })
    await done
    expect(taken).toEqual(samples.map((_, row) => row))
    expect(heard[0]?.[0]).toBeLessThanOrEqual(safe)
    expect(heard).toEqual(everySample.slice(heard[0]?.[0]))
    expect(heardFirst).toEqual(everySample.slice(0, heardFirst.length))
  })

  it('is not held up by a client that samples, nor moved', async () => {
    const { outlet, url } = await open()
    const onlooker = await connect(url)
    await subscribe(onlooker.session, { queueSize: 1, samplingInterval: 1_000 })
    const { taken, done } = walk(outlet)
    expect(taken).toEqual([])
    const { session } = await connect(url)
    const { heard } = await subscribe(session, { queueSize: 50 })
    await done
    expect(heard).toEqual(everySample)
  })
})

it('by the clock counts what was acknowledged', async () => {
  const { outlet, url } = await open()
  const { session } = await connect(url)
  const { heard } = await subscribe(session, { queueSize: 100 })
  const { taken, done } = walk(outlet, samples.slice(0, 1))
  await done
  const note = ({ tsMs }: Sample) => taken.push(indexOf(tsMs))
  for (const sample of samples.slice(1, 5)) await outlet.show(sample, note, never)
  await outlet.step(samples.slice(5, 6), note, never)
  expect(taken).toEqual([0, 1, 2, 3, 4, 5])
  expect(heard).toEqual(everySample.slice(0, 6))
})

describe('with a login', () => {
  it('gives everything to who has it, signed and encrypted', async () => {
    const { outlet, url, source } = await open(true)
    const { session } = await connect(url, { secured: true })
    const { heard } = await subscribe(session, { queueSize: 100 })
    await walk(outlet).done
    expect(heard).toEqual(everySample)
    expect(source).toContain('username: fettle')
    expect(source).not.toContain(login.password)
  })

  it.each<[who: string, options: { secured?: boolean; password?: string }, says: RegExp]>([
    ['with a wrong password', { secured: true, password: 'wrong' }, /BadUserAccessDenied|BadIdentityTokenRejected/],
    ['without security', {}, /End point must exist/],
  ])('refuses who comes %s', async (_, options, says) => {
    const { url } = await open(true)
    await expect(connect(url, options)).rejects.toThrow(says)
  })
})

it('says when its port is taken', async () => {
  const { url } = await open()
  const port = Number(new URL(url).port)
  const second = createOpcUaOutlet({
    device: 'M2',
    signals: ['temperature'],
    host: '127.0.0.1',
    port,
    pkiFolder: path.join(folder, 'pki'),
    logger,
  })
  await expect(second.open(samples[0]!)).rejects.toThrow(/^No OPC UA server at 127.0.0.1:\d+: .*EADDRINUSE/)
})
