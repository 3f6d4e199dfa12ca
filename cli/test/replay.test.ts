import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { loadGatewayConfig } from '@fettle/gateway/config'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import { expect, it, onTestFinished } from 'vitest'
import { createProgram } from '../src/program.ts'
import { connectReader } from './replay-reader.ts'
import { runFettle, spawnFettle } from './run-fettle.ts'

const recording = ['timestamp,value', '2014-01-27 12:00:00,72.5', '2014-01-27 12:05:00,', '2014-01-27 12:10:00,70.25']

async function writeRecording(lines = recording) {
  const folder = await tempFolder('replay')
  onTestFinished(folder.remove)
  const file = path.join(folder.path, 'recording.csv')
  await writeFile(file, [...lines, ''].join('\n'))
  return { folder: folder.path, file, env: { FETTLE_DATA: path.join(folder.path, 'data') } }
}

async function startReplay(...options: string[]) {
  const { file, folder, env } = await writeRecording()
  const replay = spawnFettle(['replay', file, '--over', 'modbus', '--port', '0', '--json', ...options], { env })
  const [, port = ''] = await eventually(() => /port: (\d+) }[^]*type: float64 }\n/.exec(replay.printed()), {
    what: 'the replay to listen',
    timeoutMs: 30_000,
  })
  return { ...replay, folder, port: Number(port) }
}

/** The question says that the last sample was read, after which the replay may end before it answers. */
const askOnceMore = (read: () => Promise<unknown>) => read().catch(() => {})

it('plays to the end, in the zone of the recorder, and reports', async () => {
  const { port, ended } = await startReplay('--stepped', '--zone', 'Asia/Shanghai', '--from', '2014-01-27 12:05')
  const read = await connectReader(port)
  expect(await read()).toEqual(['2014-01-27T04:05:00.000Z', NaN])
  expect(await read()).toEqual(['2014-01-27T04:10:00.000Z', 70.25])
  await askOnceMore(read)
  const { code, stdout } = await ended
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    over: 'modbus',
    mode: 'stepped',
    complete: true,
    from: '2014-01-27T04:05:00.000Z',
    to: '2014-01-27T04:10:00.000Z',
    rows: 2,
    taken: 2,
    missing: 1,
    notRising: 0,
  })
})

it('plays by the clock, and ends when the last sample was read', async () => {
  const { port, ended } = await startReplay('--speed', '100000')
  const read = await connectReader(port)
  const seen = await eventually(
    async () => {
      const sample = await read()
      return sample[1] === 70.25 && sample
    },
    { what: 'the last sample' },
  )
  expect(seen).toEqual(['2014-01-27T12:10:00.000Z', 70.25])
  await askOnceMore(read)
  expect(JSON.parse((await ended).stdout)).toMatchObject({ mode: 'speed', speed: 100_000, complete: true, rows: 3 })
})

it('prints a source that a gateway takes', async () => {
  const { printed, folder, child, ended } = await startReplay('--stepped', '--device', 'M-1', '--signal', 'temperature')
  const source = /- name: recording[^]*?float64 }/.exec(printed())?.[0] ?? ''
  const file = path.join(folder, 'gateway.yaml')
  await writeFile(file, `gateway: GW-1\nplatform: { url: 'mqtt://127.0.0.1:1883' }\nsources:\n${source}\n`)
  expect(loadGatewayConfig(file, {}).sources).toMatchObject([
    { name: 'recording', config: { pollMs: 1, units: [{ device: 'M-1', tags: [{ signal: 'temperature' }] }] } },
  ])
  child.kill('SIGINT')
  const { code, stdout } = await ended
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ complete: false, rows: 3, taken: 0 })
})

it('names the lines that it cannot play, and plays none', async () => {
  const { file, env } = await writeRecording([...recording, '2014-01-27 12:15:00,warm', 'noon,71'])
  const { code, stdout, stderr } = await runFettle(['replay', file, '--over', 'modbus', '--port', '0'], { env })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/cannot be played:\n {2}line 5: value is no number: "warm"\n {2}line 6: timestamp is no time/)
  expect(stderr).not.toMatch(/\n\s+at /)
})

it.each<[wrong: string, options: string[], says: RegExp]>([
  ['nothing to speak', ['--stepped'], /required option '--over <protocol>'/],
  ['a protocol that there is not', ['--over', 'profibus'], /Allowed choices are modbus, opcua, mqtt/],
  ['no speed', ['--over', 'modbus', '--speed', '0'], /must be a number above 0/],
  ['both ways to play', ['--over', 'modbus', '--speed', '2', '--stepped'], /cannot be used with option '--speed/],
  ['a port beyond', ['--over', 'modbus', '--port', '70000'], /from 0 to 65535/],
  ['MQTT for nobody', ['--over', 'mqtt'], /name the device with --device/],
  ['a zone that there is not', ['--over', 'modbus', '--zone', 'Mars'], /no time zone Mars/],
  ['a span that is none', ['--over', 'modbus', '--from', 'then'], /--from is no time: then/],
  ['a column that there is not', ['--over', 'modbus', '--value-column', 'x'], /no column x; it has timestamp, value/],
  ['more signals than values', ['--over', 'modbus', '--signal', 'a', 'b'], /1 columns of values and 2 signals/],
  ['a signal that is no key', ['--over', 'modbus', '--signal', 'a b'], /"a b" cannot be a key/],
  ['half a login', ['--over', 'opcua', '--username', 'fettle'], /needs both --username and --password-file/],
  [
    'a password file that is not there',
    ['--over', 'opcua', '--password-file', '/nowhere/secret'],
    /secret cannot be read \(ENOENT\)/,
  ],
])('%s is refused with a word about it', async (_, options, says) => {
  const { file } = await writeRecording()
  let said = ''
  const program = createProgram()
  for (const each of [program, ...program.commands]) each.configureOutput({ writeErr: (text) => (said += text) })
  const failure = await program.parseAsync(['replay', file, ...options], { from: 'user' }).then(
    () => undefined,
    (error: Error) => error.message,
  )
  expect(`${said}${failure ?? ''}`).toMatch(says)
})
