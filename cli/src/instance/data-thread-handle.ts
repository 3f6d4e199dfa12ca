import type { DataChecks } from '@fettle/api/dependencies'
import { startWorker } from '@fettle/platform/worker'
import type { Settings } from '../settings.ts'
import type { DataAddresses, DataAnswers, DataThreadOptions } from './data-services.ts'
import { mqttPlan } from './mqtt-plan.ts'

export interface DataThread {
  addresses: DataAddresses
  /** What works on the way of a reading; unanswered by a thread that is stuck. */
  checks(): Promise<DataChecks>
  /** Prometheus text of everything in that thread. */
  metrics(): Promise<string>
  /** Settles only when the thread ended without having been asked to. */
  failed: Promise<Error>
  stop(): Promise<void>
}

export interface StartDataThreadOptions extends Omit<DataThreadOptions, 'mqtt' | 'influx' | 'logLevel' | 'simPort'> {
  settings: Settings
}

const dataThread = new URL(import.meta.url.endsWith('.ts') ? './data-thread.ts' : './data-thread.js', import.meta.url)

/** Resolves when everything in the thread runs. `entry`: its first file. */
export async function startDataThread(
  { settings, ...options }: StartDataThreadOptions,
  entry: URL = dataThread,
): Promise<DataThread> {
  const { simPort, logLevel, influxUrl, influxToken, influxOrg, influxBucket } = settings
  const influx = { influxUrl, influxToken, influxOrg, influxBucket }
  const data: DataThreadOptions = { ...options, mqtt: mqttPlan(settings), influx, simPort, logLevel }
  const worker = await startWorker(entry, data)
  let stopping = false
  const failed = new Promise<Error>((resolve) => {
    void worker.exited.then(({ code, error }) => {
      if (!stopping) resolve(new Error(`the data thread ended by itself (code ${code})`, { cause: error }))
    })
  })

  /** Whoever asks while an answer is awaited gets the same one. A thread that ended never answers. */
  function asker<T>(question: keyof DataAnswers): () => Promise<T> {
    let asked: Promise<T> | undefined
    let settle = (_: T) => {}
    worker.onMessage((message) => {
      if (typeof message !== 'object' || message === null || !(question in message)) return
      asked = undefined
      settle((message as Record<string, T>)[question] as T)
    })
    return () => {
      if (asked) return asked
      asked = new Promise((resolve) => (settle = resolve))
      worker.post(question)
      return asked
    }
  }

  const addresses = asker<DataAddresses>('addresses')
  const ended = failed.then((error) => {
    throw error
  })
  ended.catch(() => {}) // told through `failed`
  return {
    addresses: await Promise.race([addresses(), ended]),
    checks: asker<DataChecks>('checks'),
    metrics: asker<string>('metrics'),
    failed,
    async stop() {
      stopping = true
      await worker.stop()
    },
  }
}
