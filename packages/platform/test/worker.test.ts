import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { startWorker, type WorkerHandle } from '../src/worker.ts'

const fixture = new URL('./worker-fixture.ts', import.meta.url)

function nextMessage(worker: WorkerHandle): Promise<unknown> {
  return new Promise((resolve) => worker.onMessage(resolve))
}

it('runs a TypeScript worker whose workspace imports resolve to their source', async () => {
  const worker = await startWorker(fixture, {})
  const answer = nextMessage(worker)
  worker.post({ echo: 'hello' })
  expect(await answer).toEqual({
    echo: 'hello',
    nowIsNumber: true,
    clock: new URL('../src/clock.ts', import.meta.url).href,
  })
  expect(await worker.stop()).toEqual({ code: 0 })
  expect(await worker.exited).toEqual({ code: 0 })
})

it('rejects when the worker cannot start, with its error as the cause', async () => {
  const error = await startWorker(fixture, { failStart: true }).catch((cause: unknown) => cause as Error)
  expect(error).toMatchObject({ message: expect.stringContaining('before it was ready') })
  expect((error as Error).cause).toMatchObject({ message: 'cannot start' })
})

it('rejects when the file does not exist', async () => {
  await expect(startWorker(new URL('./no-such-worker.ts', import.meta.url), {})).rejects.toThrow('before it was ready')
})

it('tells of a crash at work', async () => {
  const worker = await startWorker(fixture, {})
  worker.post({ crash: true })
  expect(await worker.exited).toMatchObject({ code: 1, error: { message: 'crashed at work' } })
  expect(await worker.stop()).toMatchObject({ code: 1 })
})

it('tells of a failed stop', async () => {
  const worker = await startWorker(fixture, { failStop: true })
  expect(await worker.stop()).toMatchObject({ code: 1, error: { message: 'cannot stop' } })
})

it('terminates a worker that does not stop in its time', async () => {
  const worker = await startWorker(fixture, { hangOnStop: true }, { stopTimeoutMs: 1 })
  expect(await worker.stop()).toEqual({ code: 1 })
})

it('runs a plain JavaScript worker', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'worker-'))
  try {
    const file = join(dir, 'worker.mjs')
    await writeFile(
      file,
      `import { parentPort, workerData } from 'node:worker_threads'
       parentPort.on('message', (message) => message.stop && parentPort.close())
       parentPort.postMessage({ ready: true })
       parentPort.postMessage({ data: workerData })`,
    )
    const worker = await startWorker(pathToFileURL(file), 42)
    expect(await nextMessage(worker)).toEqual({ data: 42 })
    expect(await worker.stop()).toEqual({ code: 0 })
  } finally {
    await rm(dir, { recursive: true })
  }
})
