import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectSocket, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import client from 'node-opcua-client'
import certificates from 'node-opcua-certificate-manager'
import type { StatusCode, VariantLike } from 'node-opcua-client'
import library, { type OPCUAServer } from 'node-opcua-server'

/** An OPC UA server of node-opcua, which shares no code with our driver. */
export interface TestServer {
  endpoint: string
  port: number
  /** PEM file of its certificate. */
  certificateFile: string
  /** Sets the variable `s=…` of the namespace `urn:woheng:machines`; it is made when it is new. */
  set(name: string, value: VariantLike, options?: { status?: StatusName; at?: Date }): void
  remove(name: string): void
  sessions(): number
  stop(): Promise<void>
}

export type StatusName = keyof typeof client.StatusCodes

export interface TestServerOptions {
  port?: number
  /** Holds its certificates; kept over a restart, as a real server's would be. */
  folder: string
  /** False for a server to which somebody has to introduce its clients. */
  acceptsClients?: boolean
  /** A certificate of these dates instead of the one that it makes by itself. */
  certificate?: Dates
}

export interface Dates {
  startDate: Date
  /** In days. */
  validity: number
}

/** Puts a certificate of these dates where a folder of certificates has its owner's. */
export async function makeCertificate(rootFolder: string, applicationUri: string, dates: Dates): Promise<string> {
  const manager = new certificates.OPCUACertificateManager({ rootFolder, disableFileWatchers: true })
  await manager.initialize()
  const outputFile = join(manager.ownCertFolder, 'client_certificate.pem')
  await manager.createSelfSignedCertificate({
    applicationUri,
    outputFile,
    dns: ['localhost'],
    subject: '/CN=test',
    ...dates,
  })
  await manager.dispose()
  return outputFile
}

export const namespaceUri = 'urn:woheng:machines'

/** Offers None and Basic256Sha256 (SignAndEncrypt), anonymous or as fettle/right. */
export async function startServer({
  port = 0,
  folder,
  acceptsClients = true,
  certificate,
}: TestServerOptions): Promise<TestServer> {
  client.setWarningLogger(() => {})
  const manager = (name: string) =>
    new certificates.OPCUACertificateManager({
      rootFolder: join(folder, name),
      automaticallyAcceptUnknownCertificate: acceptsClients,
      disableFileWatchers: true,
    })
  const applicationUri = 'urn:woheng:test-server'
  const dated = certificate && {
    serverInfo: { applicationUri },
    certificateFile: await makeCertificate(join(folder, 'server'), applicationUri, certificate),
  }
  const server: OPCUAServer = new library.OPCUAServer({
    ...dated,
    port: port === 0 ? await freePort() : port,
    hostname: '127.0.0.1',
    serverCertificateManager: manager('server'),
    userCertificateManager: manager('users'),
    nodeset_filename: [],
    securityModes: [client.MessageSecurityMode.None, client.MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [client.SecurityPolicy.None, client.SecurityPolicy.Basic256Sha256],
    userManager: { isValidUser: (user: string, password: string) => user === 'fettle' && password === 'right' },
    disableDiscovery: true,
    serverCapabilities: { minSupportedSampleRate: 0 }, // else it would not tell each of several quick changes
  })
  await server.initialize()
  const space = server.engine.addressSpace
  if (!space) throw new Error('a server without an address space')
  space.registerNamespace('urn:something:else') // so that ours is not the first
  const namespace = space.registerNamespace(namespaceUri)
  const variables = new Map<string, ReturnType<typeof namespace.addVariable>>()
  await server.start()
  const actualPort = server.endpoints[0]?.port ?? 0
  return {
    endpoint: `opc.tcp://127.0.0.1:${actualPort}`,
    port: actualPort,
    certificateFile: server.certificateFile,
    set(name, value, { status = 'Good', at = new Date() } = {}) {
      let variable = variables.get(name)
      if (!variable) {
        variable = namespace.addVariable({
          organizedBy: space.rootFolder.objects,
          browseName: name,
          nodeId: `s=${name}`,
          dataType: client.DataType[value.dataType as number] ?? 'BaseDataType',
          valueRank: value.arrayType ? 1 : -1,
          minimumSamplingInterval: 0,
        })
        variables.set(name, variable)
      }
      variable.setValueFromSource(value, client.StatusCodes[status] as StatusCode, at)
    },
    remove(name) {
      const variable = variables.get(name)
      if (variable) namespace.deleteNode(variable)
      variables.delete(name)
    },
    sessions: () => server.engine.currentSessionCount,
    stop: () => server.shutdown(0),
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return port
}

/** A cable between driver and server that a test can cut, or squeeze so that nothing comes through. */
export interface Cable {
  endpoint: string
  cut(): void
  squeeze(): void
  mend(): void
  /** How many were made so far. */
  connections(): number
  close(): Promise<void>
}

export async function startCable(target: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  let isCut = false
  let isSqueezed = false
  let connections = 0
  const listener = createServer((near) => {
    connections += 1
    if (isCut) return void near.resetAndDestroy()
    const far = connectSocket(target, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      if (isSqueezed) socket.pause()
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    endpoint: `opc.tcp://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    cut() {
      isCut = true
      for (const socket of sockets) socket.resetAndDestroy()
    },
    connections: () => connections,
    squeeze() {
      isSqueezed = true
      for (const socket of sockets) socket.pause()
    },
    mend() {
      isCut = false
      isSqueezed = false
      for (const socket of sockets) socket.resume()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'fettle-opcua-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
