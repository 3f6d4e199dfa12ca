import net from 'node:net'
import path from 'node:path'
import { tempFolder } from '@fettle/testing/temp-folder'
import { expect, it } from 'vitest'
import { runFettle } from './run-fettle.ts'

it('answers --help with an exit code of 0', async () => {
  const { code, stdout, stderr } = await runFettle(['--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('Usage: fettle [options] [command]')
})

it.each<[wrong: string, argv: string[], says: RegExp]>([
  ['a command that there is not', ['fly'], /unknown command 'fly'/],
  ['a short password', ['user', 'add', 'li', '--role', 'admin'], /10 to 200 characters/],
  ['a gateway file that is missing', ['gateway', '--config', '/nowhere/gateway.yaml'], /cannot be read \(ENOENT\)/],
])('%s is told in a sentence, without a stack, with an exit code of 2', async (_, argv, says) => {
  await using folder = await tempFolder('cli')
  const env = { FETTLE_DATA: path.join(folder.path, 'data') }
  const { code, stdout, stderr } = await runFettle(argv, { env, input: 'short\n' })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(says)
  expect(stderr).not.toMatch(/\n\s+at /)
})

it('shows where an error comes from when asked', async () => {
  const { code, stderr } = await runFettle(['sim', 'fault', 'AC75-2403-0117', 'AC-99', '--debug'])
  expect(code).toBe(2)
  expect(stderr).toMatch(/\n\s+at /)
})

it('lists everything that is wrong with the environment, and shows no value', async () => {
  const env = { FETTLE_HTTP_PORT: '80a', FETTLE_LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://me:secret@there' }
  const { code, stderr } = await runFettle(['start'], { env })
  expect(code).toBe(2)
  for (const name of Object.keys(env)) expect(stderr).toContain(`- ${name} must`)
  expect(stderr).not.toContain('secret')
})

it('refuses a server that it would not use', async () => {
  const { code, stderr } = await runFettle(['start'], { env: { NATS_URL: 'nats://127.0.0.1:4222' } })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^NATS_URL is set, but .*; unset it to go on\.\n$/),
  })
})

it('shows every variable that it reads', async () => {
  const { code, stdout } = await runFettle(['config'])
  expect(code).toBe(0)
  for (const name of ['FETTLE_DATA', 'FETTLE_HTTP_PORT', 'FETTLE_MQTT_PORT', 'FETTLE_SIM_PORT', 'DATABASE_URL']) {
    expect(stdout).toContain(`\`${name}\``)
  }
})

it('names the variable of every port that is taken, before it starts anything', async () => {
  await using folder = await tempFolder('cli')
  const taken = await listen()
  const port = String((taken.address() as net.AddressInfo).port)
  try {
    const env = { FETTLE_DATA: path.join(folder.path, 'data'), FETTLE_HTTP_PORT: port, FETTLE_MQTT_PORT: port }
    const { code, stderr } = await runFettle(['start'], { env })
    expect(code).toBe(2)
    expect(stderr).toContain(`Port 127.0.0.1:${port} for the web is taken by another program: set FETTLE_HTTP_PORT`)
    expect(stderr).toContain(`set FETTLE_MQTT_PORT`)
  } finally {
    taken.close()
  }
})

function listen(): Promise<net.Server> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve(server))
  })
}
