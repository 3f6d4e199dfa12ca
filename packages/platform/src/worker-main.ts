import { parentPort } from 'node:worker_threads'
import type { Service } from './lifecycle.ts'

/**
 * The worker's side of `startWorker`: starts the service, announces `{ ready: true }`, and on `{ stop: true }` stops it and
 * lets the thread end. A failed start or stop ends the thread with that error, which the parent sees.
 */
export async function serveInWorker(service: Service): Promise<void> {
  const port = parentPort
  if (!port) throw new Error(`${service.name}: not in a worker thread`)
  await service.start()
  port.on('message', function onMessage(message: unknown) {
    if (!isStop(message)) return
    port.off('message', onMessage)
    void service.stop().then(
      () => port.close(),
      (error: unknown) => process.nextTick(() => rethrow(error)),
    )
  })
  port.postMessage({ ready: true })
}

function isStop(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'stop' in message && message.stop === true
}

function rethrow(error: unknown): never {
  throw error
}
