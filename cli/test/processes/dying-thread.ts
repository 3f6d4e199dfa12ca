import { parentPort } from 'node:worker_threads'
import { serveInWorker } from '@fettle/platform/worker-main'

/** A data thread whose disk is full as soon as somebody asks how it is. */
await serveInWorker({ name: 'dying', start: () => Promise.resolve(), stop: () => Promise.resolve() })
parentPort?.on('message', (question: unknown) => {
  if (question === 'addresses') parentPort?.postMessage({ addresses: { mqttUrl: 'mqtt://127.0.0.1:1883' } })
  if (question === 'metrics') throw new Error('no space left on device')
})
