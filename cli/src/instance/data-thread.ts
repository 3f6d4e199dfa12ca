import { parentPort, workerData } from 'node:worker_threads'
import { serveInWorker } from '@fettle/platform/worker-main'
import { createDataServices, type DataAnswers, type DataThreadOptions } from './data-services.ts'

/** The second thread: broker, ingest, log, store writer and rules, and in demo mode machines and gateways. */
const services = createDataServices(workerData as DataThreadOptions)
await serveInWorker(services)

const answers: { [Question in keyof DataAnswers]: () => Promise<DataAnswers[Question]> } = {
  addresses: async () => services.addresses(),
  checks: () => services.checks().catch(() => ({ broker: false, log: false, telemetry: false })),
  // A scrape that comes while the database is away must not end the thread.
  metrics: () => services.metrics().catch(() => '# the data thread cannot be measured right now\n'),
}
parentPort?.on('message', (question: unknown) => {
  if (question !== 'addresses' && question !== 'checks' && question !== 'metrics') return
  void answers[question]().then((answer) => parentPort?.postMessage({ [question]: answer }))
})
