import type { Logger } from '@fettle/platform/logging'
import {
  AttributeIds,
  DataType,
  MessageSecurityMode,
  SecurityPolicy,
  setErrorLogger,
  setWarningLogger,
  StatusCodes,
  type StatusCode,
} from 'node-opcua-client'
import { OPCUAServer, type MonitoredItem, type OPCUAServerOptions, type Subscription } from 'node-opcua-server'
import { leanNodeset } from '../opcua/lean-nodeset.ts'
import { applicationUri, createCertificateStore, ensureCertificate } from '../opcua/pki.ts'
import type { ReplayNames } from './outlet.ts'
import type { Sample } from './sample.ts'

export const replayNamespace = 'urn:fettle:replay'

export interface Login {
  username: string
  password: string
}

export interface OpcUaReplayOptions extends ReplayNames {
  host: string
  /** 0 for any free one. */
  port: number
  /** Keeps the server's certificate; made when missing. */
  pkiFolder: string
  /** With one, only who signs in may read, signed and encrypted; without, anybody may, with neither. */
  login?: Login
  logger: Logger
}

export interface OpcUaReplayServer {
  readonly url: string
  readonly certificateFile: string
  put(sample: Sample): void
  close(): Promise<void>
}

/** What happens to whoever subscribes to the recording's values. */
export interface SubscriptionEvents {
  /** An item is about to get its first value, which is the one that is shown when this returns. */
  onItem(subscription: Subscription, item: MonitoredItem): void
  /** A message with values is sent. */
  onMessage(subscriptionId: number, sequence: number, handles: readonly number[]): void
  onAcknowledged(subscriptionId: number, sequence: number): void
}

/** Listens, showing `first`. Rejects with the library's error when the port cannot be had. */
export async function openOpcUaServer(
  options: OpcUaReplayOptions,
  first: Sample,
  events: SubscriptionEvents,
): Promise<OpcUaReplayServer> {
  const { pkiFolder, host } = options
  listenToLibrary(options.logger)
  const certificateFile = await ensureCertificate(pkiFolder, host)
  const nodes = new Set<unknown>()
  const server = new OPCUAServer({
    ...serverOptions(options, certificateFile),
    // Asked before the item has its first value. What it answers is not looked at.
    async onCreateMonitoredItem(subscription, item): Promise<StatusCode> {
      const { itemToMonitor } = item as MonitoredItem
      const isValue = itemToMonitor.attributeId === (AttributeIds.Value as number)
      if (nodes.has(item.node) && isValue) events.onItem(subscription, item as MonitoredItem)
      return StatusCodes.Good
    },
  })
  try {
    await server.initialize()
    const variables = addVariables(server, options)
    for (const { node } of variables) nodes.add(node)
    const put = ({ tsMs, values }: Sample) => {
      const at = new Date(tsMs)
      for (const [index, { set }] of variables.entries()) set(values[index] ?? null, at)
    }
    put(first)
    followPublishing(server, events)
    await server.start()
    return { url: server.getEndpointUrl(), certificateFile, put, close: () => server.shutdown(0) }
  } catch (error) {
    await server.shutdown(0).catch(() => {})
    throw error
  }
}

function serverOptions({ host, port, pkiFolder, login }: OpcUaReplayOptions, certificateFile: string) {
  const security: OPCUAServerOptions = login
    ? {
        securityModes: [MessageSecurityMode.SignAndEncrypt],
        securityPolicies: [SecurityPolicy.Basic256Sha256],
        allowAnonymous: false,
        userManager: {
          isValidUser: (name: string, secret: string) => name === login.username && secret === login.password,
        },
      }
    : { securityModes: [MessageSecurityMode.None], securityPolicies: [SecurityPolicy.None] }
  return {
    ...security,
    host,
    hostname: host,
    port,
    // Its own manager for each, for a server disposes of both.
    serverCertificateManager: createCertificateStore(pkiFolder),
    userCertificateManager: createCertificateStore(pkiFolder),
    certificateFile,
    serverInfo: { applicationUri, productUri: 'urn:fettle:replay', applicationName: { text: 'Fettle replay' } },
    nodesets: [leanNodeset],
    isAuditing: false,
    // Without it changes in quick succession would be told as one.
    serverCapabilities: { minSupportedSampleRate: 0 },
  } satisfies OPCUAServerOptions
}

interface ReplayVariable {
  node: unknown
  set(value: number | null, at: Date): void
}

function addVariables(server: OPCUAServer, { device, signals }: ReplayNames): ReplayVariable[] {
  const { addressSpace } = server.engine
  if (!addressSpace) throw new Error('the OPC UA server has no address space yet')
  const namespace = addressSpace.registerNamespace(replayNamespace)
  const object = namespace.addObject({
    organizedBy: addressSpace.rootFolder.objects,
    nodeId: `s=${device}`,
    browseName: device,
  })
  return signals.map((signal) => {
    const node = namespace.addVariable({
      componentOf: object,
      nodeId: `s=${device}.${signal}`,
      browseName: signal,
      dataType: DataType.Double,
      minimumSamplingInterval: 0, // changes are told as they come, not sampled
    })
    return {
      node,
      set(value, at) {
        const status = value === null ? StatusCodes.BadNoData : StatusCodes.Good
        node.setValueFromSource({ dataType: DataType.Double, value: value ?? 0 }, status, at)
      },
    }
  })
}

/** The messages that go out and the acknowledgements that come in, as the services have them. */
function followPublishing(server: OPCUAServer, { onMessage, onAcknowledged }: SubscriptionEvents): void {
  server.on('response', (response: unknown) => {
    const { subscriptionId, notificationMessage } = response as PublishAnswer
    if (subscriptionId === undefined || !notificationMessage) return
    const { sequenceNumber, notificationData } = notificationMessage
    const handles = (notificationData ?? []).flatMap((data) =>
      (data?.monitoredItems ?? []).map(({ clientHandle }) => clientHandle),
    )
    if (handles.length > 0) onMessage(subscriptionId, sequenceNumber, handles)
  })
  server.on('request', (request: unknown) => {
    const { subscriptionAcknowledgements } = request as PublishQuestion
    for (const { subscriptionId, sequenceNumber } of subscriptionAcknowledgements ?? []) {
      onAcknowledged(subscriptionId, sequenceNumber)
    }
  })
}

/** Of a PublishRequest; absent in every other. */
interface PublishQuestion {
  subscriptionAcknowledgements?: readonly { subscriptionId: number; sequenceNumber: number }[] | null
}

/** Of a PublishResponse; absent in every other. */
interface PublishAnswer {
  subscriptionId?: number
  notificationMessage?: {
    sequenceNumber: number
    notificationData?: readonly ({ monitoredItems?: readonly { clientHandle: number }[] } | null)[] | null
  }
}

/** The library writes to the console unless told otherwise, and it has one voice for a whole process. */
function listenToLibrary(logger: Logger): void {
  const hear = (...parts: unknown[]) => logger.debug({ said: parts.map(String).join(' ') }, 'node-opcua says')
  setWarningLogger(hear)
  setErrorLogger(hear)
}
