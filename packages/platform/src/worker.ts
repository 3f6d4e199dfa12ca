import { Worker, type TransferListItem } from 'node:worker_threads'

/** How a worker ended: its exit code, and the error that it died of when there was one. */
export interface WorkerExit {
  code: number
  error?: Error
}

export interface WorkerHandle {
  /** Resolves when the thread has ended, for whatever reason; never rejects. */
  readonly exited: Promise<WorkerExit>
  /** Sends a message to the worker's `parentPort`. */
  post(message: unknown, transfer?: readonly TransferListItem[]): void
  /** Calls `listener` with every message after the ready message. */
  onMessage(listener: (message: unknown) => void): void
  /** Asks the worker to stop with `{ stop: true }` and waits for its exit; terminates it after `stopTimeoutMs`. */
  stop(): Promise<WorkerExit>
}

export interface WorkerOptions {
  stopTimeoutMs?: number
}

/**
 * Starts a worker thread and resolves when it posts `{ ready: true }`; rejects when it fails or exits before that. The
 * worker side is `serveInWorker` in `worker-main.ts`.
 *
 * `url` names a `.ts` file when the source is run and a `.js` file when the build is run: pass
 * `new URL(import.meta.url.endsWith('.ts') ? './x.ts' : './x.js', import.meta.url)`.
 */
export async function startWorker(url: URL, workerData: unknown, options: WorkerOptions = {}): Promise<WorkerHandle> {
  const { stopTimeoutMs = 10_000 } = options
  const worker = url.pathname.endsWith('.ts') ? sourceWorker(url, workerData) : new Worker(url, { workerData })

  let error: Error | undefined
  worker.on('error', (cause) => {
    error = cause instanceof Error ? cause : new Error(String(cause))
  })
  const exited = new Promise<WorkerExit>((resolve) => {
    worker.once('exit', (code) => resolve(error ? { code, error } : { code }))
  })
  await ready(worker, exited, url)

  return {
    exited,
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    onMessage: (listener) => void worker.on('message', listener),
    async stop() {
      worker.postMessage({ stop: true })
      const timer = setTimeout(() => void worker.terminate(), stopTimeoutMs)
      try {
        return await exited
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

async function ready(worker: Worker, exited: Promise<WorkerExit>, url: URL): Promise<void> {
  const announced = new Promise<undefined>((resolve) => {
    worker.on('message', function onMessage(message: unknown) {
      if (!isReady(message)) return
      worker.off('message', onMessage)
      resolve(undefined)
    })
  })
  const exit = await Promise.race([announced, exited])
  if (!exit) return
  throw new Error(`worker ${url.href} ended with code ${exit.code} before it was ready`, { cause: exit.error })
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true
}

/**
 * A worker from TypeScript source. Node 20 does not apply tsx's loader to a worker's entry file, so the entry is a line of
 * JavaScript that registers tsx and imports the real one. The `source` condition makes workspace packages resolve to their
 * source there as well, whatever flags this process was started with (vitest has none).
 */
function sourceWorker(url: URL, workerData: unknown): Worker {
  const tsx = import.meta.resolve('tsx/esm/api')
  const condition = '--conditions=source'
  const inherited = process.execArgv.filter((argument) => argument !== condition)
  const entry = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(url.href)}) })`
  return new Worker(entry, { eval: true, workerData, execArgv: [...inherited, condition] })
}
