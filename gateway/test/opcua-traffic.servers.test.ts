import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { eventually } from './eventually.ts'
import { driverOf, told } from './opcua/drive.ts'
import { startCable, startServer, temporaryFolder, type Cable } from './opcua/server.ts'

/** Wireshark's dissector is the second opinion: it shares nothing with the library on either end. */
const capture = spawnSync('tshark', ['-i', 'lo', '-c', '1', '-a', 'duration:1', '-w', '/dev/null'], { timeout: 20_000 })
const cannot =
  capture.status === 0 ? '' : ` (tshark cannot capture: ${capture.error?.message ?? capture.stderr.toString()})`

it.skipIf(cannot !== '')(`Wireshark finds nothing malformed in what the driver says and hears${cannot}`, async () => {
  const folder = await temporaryFolder()
  const server = await startServer({ folder: folder.path })
  const cable = await startCable(server.port)
  onTestFinished(async () => {
    await cable.close()
    await server.stop()
    await folder.remove()
  })
  const file = join(folder.path, 'traffic.pcapng')
  const stopCapture = await startCapture(cable, file)

  const names = Array.from({ length: 1_500 }, (_, n) => `node${n}`)
  for (const name of names) server.set(name, { dataType: 'Double', value: 1 })
  const tags = { ...Object.fromEntries(names.map((name) => [name, name])), gone: 'no-such-node' }
  const run = driverOf(tags, { endpoint: cable.endpoint, samplingMs: 0 }, { dataDir: join(folder.path, 'gateway') })
  const outcome = run.start().catch((error: Error) => error)
  await eventually(() => expect(run.readings).toHaveLength(names.length + 1))
  cable.cut()
  expect(await outcome).toMatchObject({ code: 'lost' })
  server.set('node7', { dataType: 'Double', value: 2 })
  cable.mend()
  const resumed = run.start()
  await eventually(() => expect(told(run, 'node7').at(-1)).toEqual([2, 0]))
  await eventually(() => expect(told(run, 'node8').at(-1)).toEqual([1, 0]))
  run.stop()
  await resumed

  const read = (filter: string) => decoded(file, cable, filter)
  // The kernel hands packets over when it sees fit, and those that it has when the capture ends are lost.
  await eventually(async () => {
    const spoken = (await read('opcua')).join('\n')
    for (const service of ['GetEndpoints', 'CreateSession', 'CreateMonitoredItems', 'Publish', 'Republish', 'Read']) {
      expect(spoken, service).toContain(`${service}Request`)
      expect(spoken, service).toContain(service === 'Republish' ? 'ServiceFault' : `${service}Response`)
    }
  })
  await stopCapture()
  expect(await read('_ws.malformed')).toEqual([])
})

/** What Wireshark makes of a capture, a line for each message that the filter lets pass. */
async function decoded(file: string, cable: Cable, filter: string): Promise<string[]> {
  const argv = ['-r', file, '-d', `tcp.port==${portOf(cable)},opcua`, '-Y', filter]
  const run = promisify(execFile)('tshark', argv, { maxBuffer: 64 * 1024 * 1024 })
  // A capture that goes on may end in the middle of a packet, which is said with an exit code of its own.
  const { stdout } = await run.catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }))
  return stdout.split('\n').filter(Boolean)
}

const portOf = (cable: Cable) => Number(cable.endpoint.split(':').at(-1))

/** Resolves when packets are being written; what it answers ends the capture. */
async function startCapture(cable: Cable, file: string): Promise<() => Promise<void>> {
  const tshark = spawn('tshark', ['-i', 'lo', '-f', `tcp port ${portOf(cable)}`, '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onTestFinished(() => void tshark.kill('SIGKILL'))
  let said = ''
  tshark.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  await eventually(() => expect(said).toContain('Capturing on'))
  await eventually(async () => expect((await stat(file)).size).toBeGreaterThan(0))
  return async () => {
    const closed = once(tshark, 'close')
    tshark.kill('SIGINT') // writes what it still has
    await closed
  }
}
