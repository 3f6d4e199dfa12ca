import { expect, it } from 'vitest'
import { startDataThread, type StartDataThreadOptions } from '../src/instance/data-thread-handle.ts'
import { loadSettings } from '../src/settings.ts'

const options: StartDataThreadOptions = {
  settings: loadSettings({}),
  databaseUrl: 'postgres://nobody@127.0.0.1:9/none',
  dataDir: '/nowhere',
  logFile: '/dev/null',
  demo: null,
}
const dyingThread = new URL('./processes/dying-thread.ts', import.meta.url)

it('tells why the thread died by itself', async () => {
  const thread = await startDataThread(options, dyingThread)
  expect(thread.addresses).toEqual({ mqttUrl: 'mqtt://127.0.0.1:1883' })
  void thread.metrics()
  const failure = await thread.failed
  expect(failure.message).toMatch(/the data thread ended by itself/)
  expect(failure.cause).toMatchObject({ message: 'no space left on device' })
})

it('is silent about a thread that was stopped', async () => {
  const thread = await startDataThread(options, dyingThread)
  let failed = false
  void thread.failed.then(() => (failed = true))
  await thread.stop()
  expect(failed).toBe(false)
})
