// A worker for worker.test.ts. It is TypeScript that Node cannot run by itself, and it imports this workspace by name.
import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '@fettle/platform/clock'
import { serveInWorker } from '@fettle/platform/worker-main'

interface Order {
  failStart?: boolean
  failStop?: boolean
  hangOnStop?: boolean
}
const order = workerData as Order

await serveInWorker({
  name: 'fixture',
  async start() {
    if (order.failStart) throw new Error('cannot start')
    parentPort?.on('message', (message: { echo?: unknown; crash?: boolean }) => {
      if (message.echo !== undefined) parentPort?.postMessage({ echo: message.echo, ...facts() })
      if (message.crash) throw new Error('crashed at work')
    })
  },
  async stop() {
    if (order.failStop) throw new Error('cannot stop')
    if (order.hangOnStop) await new Promise(() => {})
    parentPort?.removeAllListeners('message')
  },
})

function facts() {
  return { nowIsNumber: Number.isFinite(systemClock.now()), clock: import.meta.resolve('@fettle/platform/clock') }
}
