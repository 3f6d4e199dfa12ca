import { createOpcUaReader } from './opcua-reader.ts'
import { openOpcUaServer, replayNamespace, type OpcUaReplayOptions, type OpcUaReplayServer } from './opcua-server.ts'
import type { OnTaken, ReplayNames, ReplayOutlet } from './outlet.ts'
import { ReplayError } from './replay-error.ts'
import type { Sample } from './sample.ts'

/** What is stepped through: all before `index` was read, all before `shown` is in the reader's queue. */
interface Walk {
  samples: readonly Sample[]
  index: number
  shown: number
  taken: OnTaken
  done: () => void
}

/**
 * OPC UA, each value with the sample's time as SourceTimestamp. A sample has been read when the reader has acknowledged it.
 * As many are shown at once as the reader's queue holds (`queueSize`), so none is lost and none has to wait alone. Another
 * reader begins at the first sample that was not acknowledged.
 */
export function createOpcUaOutlet(options: OpcUaReplayOptions): ReplayOutlet {
  const { host, port, login, logger } = options
  let server: OpcUaReplayServer | undefined
  let walk: Walk | undefined
  /** Shown by the clock and not acknowledged yet. */
  let unread: { sample: Sample; taken: OnTaken }[] = []
  let warned = false

  const reader = createOpcUaReader({
    onNewReader() {
      const first = walk?.samples[walk.index]
      if (!walk || !first) return
      walk.shown = walk.index
      server?.put(first)
    },
    // The library has not taken the acknowledgement in yet.
    onProgress: () => setImmediate(proceed),
    onOnlooker(samplingMs) {
      if (!warned)
        logger.warn({ samplingMs }, 'a client that samples looks on: only with samplingMs 0 it sees each value')
      warned = true
    },
  })

  function proceed(): void {
    if (!reader.isThere()) return
    if (reader.hasAll()) settle()
    while (walk && walk.shown === walk.index) {
      const window = walk.samples.slice(walk.index, walk.index + reader.room())
      for (const sample of window) server?.put(sample)
      walk.shown = walk.index + window.length
      if (reader.hasAll()) settle() // nothing that this reader wants to be told of
    }
  }

  function settle(): void {
    for (const { sample, taken } of unread) taken(sample)
    unread = []
    if (!walk) return
    const { samples, taken, done } = walk
    for (; walk.index < walk.shown; walk.index++) taken(samples[walk.index] as Sample)
    if (walk.index < samples.length) return
    walk = undefined
    done()
  }

  return {
    async open(first) {
      try {
        server = await openOpcUaServer(options, first, reader)
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new ReplayError('outlet/refused', `No OPC UA server at ${host}:${port}: ${reason}`, { cause })
      }
      const { url, certificateFile } = server
      const secured = login ? `, user ${login.username}, certificate ${certificateFile}` : ', without security'
      return {
        where: `OPC UA ${url}${secured}`,
        port: Number(new URL(url).port),
        source: gatewaySource(server, options),
      }
    },
    step: (samples, taken, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error)
        if (samples.length === 0) return resolve()
        const onAbort = () => {
          walk = undefined
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', onAbort, { once: true })
        const done = () => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        }
        walk = { samples, index: 0, shown: 0, taken, done }
        proceed()
      }),
    async show(sample, taken) {
      server?.put(sample)
      unread.push({ sample, taken })
      // What no longer fits into the reader's queue was lost.
      unread = unread.slice(-Math.max(1, reader.room()))
    },
    async close() {
      const closing = server
      server = undefined
      await closing?.close()
    },
  }
}

function gatewaySource({ url, certificateFile }: OpcUaReplayServer, options: OpcUaReplayOptions): string {
  const { login, device, signals }: OpcUaReplayOptions & ReplayNames = options
  const security = login
    ? [
        `  username: ${login.username}`,
        '  password: { env: REPLAY_PASSWORD }',
        `  serverCertificate: ${certificateFile}`,
      ]
    : ['  security: none']
  const tags = signals.map(
    (signal) => `        - { signal: ${signal}, nodeId: 'nsu=${replayNamespace};s=${device}.${signal}' }`,
  )
  return [
    '- name: recording',
    '  kind: opcua',
    `  endpoint: ${url}`,
    ...security,
    '  samplingMs: 0',
    '  publishMs: 50',
    '  queueSize: 1000',
    '  devices:',
    `    - device: ${device}`,
    '      tags:',
    ...tags,
  ].join('\n')
}
