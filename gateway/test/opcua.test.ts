import { readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Problem, Reading } from '../src/driver.ts'
import { opcua } from '../src/drivers/opcua/driver.ts'
import { runDriver, type DriverRun } from './driver-run.ts'
import { eventually } from './eventually.ts'
import { startCable, startServer, temporaryFolder, type TestServer } from './opcua/server.ts'

// Before anything is loaded that might look for a home.
const home = vi.hoisted(() => {
  const folder = `/tmp/fettle-opcua-home-${process.pid}`
  process.env['HOME'] = folder
  return folder
})

const nodeId = (name: string) => `nsu=urn:woheng:machines;s=${name}`
const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 8, 0, second))
const double = (value: number) => ({ dataType: 'Double', value })

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: TestServer
const runs: DriverRun[] = []

beforeAll(async () => {
  folder = await temporaryFolder()
  server = await startServer({ folder: folder.path })
})
afterEach(() => {
  for (const run of runs.splice(0)) run.stop()
})
afterAll(async () => {
  await server.stop()
  await folder.remove()
})

/** A driver with the tags `{signal: node}` of one device, against the shared server unless told otherwise. */
function drive(tags: Record<string, object | string>, source: object = {}, dataDir = join(folder.path, 'gateway')): DriverRun {
  const run = runDriver(
    opcua,
    {
      endpoint: server.endpoint,
      security: 'none',
      samplingMs: 10,
      publishMs: 20,
      devices: [
        {
          device: 'M1',
          tags: Object.entries(tags).map(([signal, tag]) => ({
            signal,
            ...(typeof tag === 'string' ? { nodeId: nodeId(tag) } : tag),
          })),
        },
      ],
      ...source,
    },
    { dataDir },
  )
  runs.push(run)
  return run
}

const of = (run: DriverRun, signal: string) => run.readings.filter((reading) => reading[1] === signal)

it('values', async () => {
  server.set('a', { dataType: 'Double', value: 1.5 }, { at: at(1) })
  const run = drive({ a: 'a' })
  const ended = run.start()
  await Promise.race([ended, eventually(() => expect(run.readings).toHaveLength(1))])
  expect(run.readings).toEqual([['M1', 'a', at(1).getTime(), 1.5, 0]])
  server.set('a', { dataType: 'Double', value: 2.5 }, { at: at(2) })
  await eventually(() => expect(run.readings).toHaveLength(2))
  run.stop()
  await ended
  expect(server.sessions()).toBe(0)
})
