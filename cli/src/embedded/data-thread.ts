import { parentPort, workerData } from 'node:worker_threads'
import { serveInWorker } from '@fettle/platform/worker-main'
import { createDataServices, type DataAnswers, type DataThreadOptions } from './data-services.ts'

/** The second thread: broker, ingest, log, store writer and rules, and in demo mode machines and gateways. */
const services = createDataServices(workerData as DataThreadOptions)
await serveInWorker(services)

const answers: { [Question in keyof DataAnswers]: () => DataAnswers[Question] } = services
parentPort?.on('message', (question: unknown) => {
  if (question === 'addresses') parentPort?.postMessage({ addresses: answers.addresses() })
  if (question === 'metrics') parentPort?.postMessage({ metrics: answers.metrics() })
})
