import { createModbusTcpServer, type Connection, type ModbusTcpServer } from '../modbus/tcp-server.ts'
import type { Logger } from '@fettle/platform/logging'
import { addressOf, answerOf, coversSample, imageOf, maxSignals, readRequest } from './modbus-image.ts'
import type { OnTaken, ReplayNames, ReplayOutlet } from './outlet.ts'
import { ReplayError } from './replay-error.ts'
import type { Sample } from './sample.ts'

export interface ModbusOutletOptions extends ReplayNames {
  host: string
  /** 0 for any free one. */
  port: number
  /** How often the gateway is told to ask; default 1 ms, for stepping. */
  pollMs?: number
  logger: Logger
}

/** What is stepped through, and how far it has come. */
interface Walk {
  samples: readonly Sample[]
  index: number
  taken: OnTaken
  done: () => void
}

/**
 * Modbus TCP. A sample has been read when the connection that got it (time and a value in one answer) asks again: an answer
 * alone may never have arrived, and a gateway asks again once what it got is safe. After a lost connection the next one gets
 * the same sample. A second connection looks on.
 */
export function createModbusOutlet(options: ModbusOutletOptions): ReplayOutlet {
  const { signals, host, port, logger } = options
  let server: ModbusTcpServer | undefined
  let image: Buffer = Buffer.alloc(0)
  let shown: Sample | undefined
  /** The connection that has got the sample that is shown. */
  let reader: Connection | undefined
  let walk: Walk | undefined
  let onRead = () => {}

  function put(sample: Sample): void {
    image = imageOf(sample)
    shown = sample
    reader = undefined
  }

  function respond(_unitId: number, request: Buffer, connection: Connection): Buffer {
    const asked = readRequest(request, image)
    if (!asked.ok) return asked.exception
    if (!coversSample(asked)) return answerOf(request, image, asked)
    if (reader === connection) advance()
    const answer = answerOf(request, image, asked)
    if (reader === undefined) {
      reader = connection
      onRead()
    }
    return answer
  }

  function advance(): void {
    if (!walk) return
    const { samples, taken, done } = walk
    taken(samples[walk.index] as Sample)
    walk.index += 1
    const next = samples[walk.index]
    if (next) return put(next)
    walk = undefined
    done()
  }

  return {
    async open(first) {
      if (signals.length > maxSignals) {
        throw new ReplayError('outlet/refused', `Modbus reads ${maxSignals} values at a time, not ${signals.length}.`)
      }
      put(first)
      const onEnd = (connection: Connection) => {
        if (reader === connection) reader = undefined
      }
      try {
        const opening = createModbusTcpServer({ host, port, respond, onEnd, logger })
        const openPort = await opening.open()
        server = opening
        return {
          where: `Modbus TCP ${host}:${openPort}, any unit id`,
          port: openPort,
          source: gatewaySource({ ...options, port: openPort }),
        }
      } catch (cause) {
        const { code = 'unknown' } = cause as NodeJS.ErrnoException
        throw new ReplayError('outlet/refused', `Port ${port} of ${host} cannot be used (${code}).`, { cause })
      }
    },
    step: (samples, taken, signal) =>
      new Promise<void>((resolve, reject) => {
        const [first] = samples
        if (signal.aborted) return reject(signal.reason as Error)
        if (!first) return resolve()
        const onAbort = () => {
          walk = undefined
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', onAbort, { once: true })
        const done = () => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        }
        onRead = () => {}
        // A reader may have got the first one already, between opening and playing.
        if (shown?.tsMs !== first.tsMs) put(first)
        walk = { samples, index: 0, taken, done }
      }),
    async show(sample, taken) {
      put(sample)
      onRead = () => {
        onRead = () => {}
        taken(sample)
      }
    },
    async close() {
      const closing = server
      server = undefined
      await closing?.close()
    },
  }
}

function gatewaySource({ host, port, pollMs = 1, device, signals }: ModbusOutletOptions): string {
  const tags = signals.map(
    (signal, index) => `        - { signal: ${signal}, address: ${addressOf(index)}, type: float64 }`,
  )
  return [
    '- name: recording',
    '  kind: modbus-tcp',
    `  endpoint: { host: ${host}, port: ${port} }`,
    `  pollMs: ${pollMs}`,
    '  timeFrom: { address: 0, type: uint64, unit: ms }',
    '  units:',
    '    - unitId: 1',
    `      device: ${device}`,
    '      tags:',
    ...tags,
  ].join('\n')
}
