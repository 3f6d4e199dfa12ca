import {
  AttributeIds,
  type ClientSession,
  DataType,
  MessageSecurityMode,
  OPCUAClient,
  resolveNodeId,
  SecurityPolicy,
  StatusCodes,
  TimestampsToReturn,
  UserTokenType,
  type DataValue,
  type UserIdentityInfo,
} from 'node-opcua-client'
import { OPCUACertificateManager } from 'node-opcua-certificate-manager'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fleetOn, runSimulator, temporaryFolder, type RunningSimulator } from './running-simulator.ts'

const site = 'xiangyue-ningbo'
const [moulder, centre] = ['IM280-2110-0006', 'VMC850-2209-0044']
const fettle = { type: UserTokenType.UserName, userName: 'fettle', password: 'xiangyue-line' } as const

async function start(): Promise<RunningSimulator> {
  const sites = fleetOn('opcua').filter(({ key }) => key === site)
  return runSimulator({ sites, pkiFolder: path.join(await temporaryFolder(), 'pki') })
}

interface Connecting {
  security?: 'none' | 'encrypted'
  user?: UserIdentityInfo
}

async function connected({ endpoint }: RunningSimulator, { security = 'none', user }: Connecting = {}) {
  const encrypted = security === 'encrypted'
  const manager = new OPCUACertificateManager({
    rootFolder: path.join(await temporaryFolder(), 'client'),
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  })
  const client = OPCUAClient.create({
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0 },
    clientCertificateManager: manager,
    securityMode: encrypted ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None,
    securityPolicy: encrypted ? SecurityPolicy.Basic256Sha256 : SecurityPolicy.None,
  })
  await client.connect(endpoint('opcua', site).url)
  onTestFinished(() => client.disconnect())
  const session = await client.createSession(user)
  return { client, session }
}

/** Reads a machine's signals by the node ids that the endpoint tells, with the namespace's index of this server. */
async function read(session: ClientSession, { endpoint }: RunningSimulator, deviceKey: string) {
  const ids = endpoint('opcua', site).nodeIds[deviceKey]!
  const namespaces = await session.readNamespaceArray()
  const nodes = Object.values(ids).map((id) => {
    const [, uri = '', rest = ''] = /^nsu=([^;]+);(.*)$/.exec(id) ?? []
    return { nodeId: resolveNodeId(`ns=${namespaces.indexOf(uri)};${rest}`), attributeId: AttributeIds.Value }
  })
  const values = await session.read(nodes)
  return new Map<string, DataValue>(Object.keys(ids).map((key, i) => [key, values[i]!]))
}

const shown = (values: ReadonlyMap<string, DataValue>) =>
  Object.fromEntries([...values].map(([key, { value }]) => [key, value.value as number]))

describe('a line server', () => {
  it('serves every signal of its machines with type, status and the machines’ time', async () => {
    const running = await start()
    const { session } = await connected(running)
    for (const key of [moulder, centre]) {
      running.clock.advance(1_000)
      await vi.waitFor(async () => {
        const values = await read(session, running, key)
        expect(shown(values)).toEqual(running.machine(key).values)
        for (const [signal, { value, statusCode, sourceTimestamp }] of values) {
          expect(statusCode).toBe(StatusCodes.Good)
          expect(sourceTimestamp?.getTime()).toBe(running.clock.now())
          const type = { run_state: DataType.Int32, run_hours: DataType.UInt32 }[signal] ?? DataType.Double
          expect(value.dataType, signal).toBe(type)
        }
      }, 10_000)
    }
  })

  it('lets a client browse to the machines', async () => {
    const { session } = await connected(await start())
    const { references } = await session.browse('ObjectsFolder')
    expect(references!.map(({ browseName }) => browseName.name)).toEqual(
      expect.arrayContaining(['Server', moulder, centre]),
    )
    const machine = references!.find(({ browseName }) => browseName.name === centre)!
    const signals = await session.browse(machine.nodeId.toString())
    expect(signals.references!.map(({ browseName }) => browseName.name)).toContain('spindle_load')
  })

  it('tells a subscriber of each change with its time, and of a forced signal at once', async () => {
    const running = await start()
    const { session } = await connected(running)
    const namespace = (await session.readNamespaceArray()).indexOf('urn:woheng:machines')
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 50,
      requestedMaxKeepAliveCount: 20,
      requestedLifetimeCount: 200,
      publishingEnabled: true,
    })
    const told: DataValue[] = []
    const item = await subscription.monitor(
      { nodeId: `ns=${namespace};s=${centre}.spindle_load`, attributeId: AttributeIds.Value },
      { samplingInterval: 0, queueSize: 60, discardOldest: true },
      TimestampsToReturn.Both,
    )
    item.on('changed', (value: DataValue) => told.push(value))
    await vi.waitFor(() => expect(told).toHaveLength(1), 10_000)
    running.simulator.forceSignal(centre, 'spindle_load', 111.5)
    await vi.waitFor(() => expect(told.at(-1)!.value.value).toBe(111.5), 10_000)
    expect(told.at(-1)!.sourceTimestamp!.getTime()).toBe(running.clock.now())
    running.simulator.inject(centre, { mode: 'lost-communication' })
    await vi.waitFor(() => expect(told.at(-1)!.statusCode).toBe(StatusCodes.BadNoCommunication), 10_000)
  })

  it('says of a machine that it cannot reach, and of none other, that it has no communication', async () => {
    const running = await start()
    const { session } = await connected(running)
    running.simulator.inject(moulder, { mode: 'lost-communication' })
    const lostAt = running.clock.now()
    running.clock.advance(3_000)
    await vi.waitFor(async () => {
      const well = [...(await read(session, running, centre)).values()]
      expect(well.every(({ sourceTimestamp }) => sourceTimestamp!.getTime() === running.clock.now())).toBe(true)
      expect(well.every(({ statusCode }) => statusCode === StatusCodes.Good)).toBe(true)
    }, 10_000)
    for (const { statusCode, sourceTimestamp } of (await read(session, running, moulder)).values()) {
      expect(statusCode).toBe(StatusCodes.BadNoCommunication)
      expect(sourceTimestamp!.getTime()).toBe(lostAt)
    }
    running.simulator.clear(moulder, 'lost-communication')
    const back = await read(session, running, moulder)
    expect([...back.values()].every(({ statusCode }) => statusCode === StatusCodes.Good)).toBe(true)
    expect(shown(back)).toEqual(running.machine(moulder).values)
  })
})

describe('security', () => {
  it('is offered as none for anyone, or as Basic256Sha256 for the user alone', async () => {
    const running = await start()
    const { client } = await connected(running)
    const endpoints = await client.getEndpoints()
    const { url } = running.endpoint('opcua', site)
    const said = endpoints.map(({ endpointUrl, securityMode, securityPolicyUri, userIdentityTokens }) => ({
      endpointUrl,
      securityMode,
      policy: securityPolicyUri,
      users: [...new Set(userIdentityTokens!.map(({ tokenType }) => tokenType))],
    }))
    expect(said).toEqual([
      {
        endpointUrl: url,
        securityMode: MessageSecurityMode.None,
        policy: SecurityPolicy.None,
        users: [UserTokenType.Anonymous],
      },
      {
        endpointUrl: url,
        securityMode: MessageSecurityMode.SignAndEncrypt,
        policy: SecurityPolicy.Basic256Sha256,
        users: [UserTokenType.UserName],
      },
    ])
  })

  it('reads the same signed and encrypted as the user', async () => {
    const running = await start()
    const { client, session } = await connected(running, { security: 'encrypted', user: fettle })
    expect(shown(await read(session, running, centre))).toEqual(running.machine(centre).values)
    const pem = await readFile(running.endpoint('opcua', site).certificateFile, 'utf8')
    const base64 = client.serverCertificate!.toString('base64')
    expect(pem.replaceAll(/-----[^-]+-----|\s/g, '')).toBe(base64)
  })

  it.each([
    ['a wrong password', { ...fettle, password: 'guess' }],
    ['a wrong user', { ...fettle, userName: 'root' }],
    ['a nobody', { type: UserTokenType.Anonymous } as const],
  ])('refuses %s', async (_, user) => {
    const running = await start()
    await expect(connected(running, { security: 'encrypted', user })).rejects.toThrow(
      /BadUserAccessDenied|BadIdentityToken|BadIdentityTokenRejected|anonymous/i,
    )
  })
})

describe('the life cycle', () => {
  it('needs a folder for the certificate', async () => {
    await expect(runSimulator({ sites: fleetOn('opcua') })).rejects.toThrow('name a pkiFolder')
  })

  it('keeps its certificate from one start to the next, and shares it between the servers', async () => {
    const pkiFolder = path.join(await temporaryFolder(), 'pki')
    const running = await runSimulator({ sites: fleetOn('opcua'), pkiFolder })
    const files = () =>
      running.simulator.endpoints().map((each) => (each.kind === 'opcua' ? each.certificateFile : 'none'))
    expect(files()).toHaveLength(4)
    expect(new Set(files()).size).toBe(1)
    expect(files()[0]!.startsWith(pkiFolder)).toBe(true)
    const before = await readFile(files()[0]!, 'utf8')
    await running.simulator.stop()
    await running.simulator.start()
    expect(await readFile(files()[0]!, 'utf8')).toBe(before)
  })

  it('rejects a port that is taken, and leaves nothing behind', async () => {
    const first = await start()
    const port = Number(new URL(first.endpoint('opcua', site).url.replace('opc.tcp', 'http')).port)
    const sites = fleetOn('opcua').filter(({ key }) => key === site)
    const pkiFolder = path.join(await temporaryFolder(), 'pki')
    const second = runSimulator({ sites, pkiFolder, ports: { sites: { [site]: { opcua: port } } } })
    await expect(second).rejects.toThrow(/EADDRINUSE/)
  })
})
