import { CommanderError, type Command } from 'commander'
import { expect, it } from 'vitest'
import { createProgram } from '../src/program.ts'

/** What the command line says and how it ends, in this process. */
async function call(argv: readonly string[]) {
  const heard = { out: '', error: '' }
  const program = createProgram()
  for (const each of everyCommand(program)) {
    each.configureOutput({ writeOut: (text) => (heard.out += text), writeErr: (text) => (heard.error += text) })
  }
  const thrown = await program.parseAsync(argv, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { ...heard, thrown }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => everyCommand(each as Command))]
}

const names = everyCommand(createProgram()).map((command) => {
  const path: string[] = []
  for (let each: Command | null = command; each?.parent; each = each.parent as Command | null) path.unshift(each.name())
  return path.join(' ')
})

it('has the commands that work today', () => {
  expect(names).toEqual([
    '',
    'start',
    'gateway',
    'sim',
    'sim list',
    'sim fault',
    'sim clear',
    'sim run',
    'replay',
    'user',
    'user add',
    'user password',
    'user unlock',
    'device',
    'device credential',
    'device revoke',
    'demo',
    'demo plant',
    'demo seed',
    'grafana',
    'grafana reader',
    'grafana check',
    'grafana org',
    'grafana org create',
    'grafana org list',
    'grafana org remove',
    'bench',
    'config',
  ])
})

it.each(names)('fettle %s --help explains it', async (name) => {
  const { out, error, thrown } = await call([...name.split(' ').filter(Boolean), '--help'])
  expect(out).toMatch(new RegExp(`^Usage: fettle ${name}`))
  expect({ error, code: thrown instanceof CommanderError && thrown.exitCode }).toEqual({ error: '', code: 0 })
})

it.each<[wrong: string, argv: string[], says: RegExp]>([
  ['a command that there is not', ['fly'], /unknown command 'fly'/],
  ['no role', ['user', 'add', 'li'], /--role <role>/],
  ['a role that there is not', ['user', 'add', 'li', '--role', 'king'], /Allowed choices are admin,/],
  ['no file', ['gateway'], /--config <file>/],
  ['a bench that there is not', ['bench', 'patience'], /Allowed choices are ingest, latency, query/],
  ['half a fault', ['sim', 'fault', 'AC75-2403-0117'], /missing required argument 'mode'/],
])('%s is refused with a word about it', async (_, argv, says) => {
  const { out, error, thrown } = await call(argv)
  expect(error).toMatch(says)
  expect({ out, code: thrown instanceof CommanderError && thrown.exitCode }).toEqual({ out: '', code: 1 })
})

it.each<[wrong: string, argv: string[], says: RegExp]>([
  ['an engineer without his key', ['user', 'add', 'li', '--role', 'engineer'], /needs --engineer <key>/],
  ['a username of spaces', ['user', 'add', ' ', '--role', 'admin'], /is no username/],
  [
    'a fault that there is not',
    ['sim', 'fault', 'AC75-2403-0117', 'AC-99', '--url', 'http://127.0.0.1:9'],
    /There is no fault AC-99; there are AC-01/,
  ],
  ['nobody who simulates', ['sim', 'list', '--url', 'http://127.0.0.1:9'], /No simulated fleet answers at/],
])('%s is an error for people', async (_, argv, says) => {
  const { thrown } = await call(argv)
  expect(thrown).toMatchObject({ name: 'UserError', message: expect.stringMatching(says) })
})
