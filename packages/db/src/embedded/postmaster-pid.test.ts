import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { disownPostmasterPid, parsePostmasterPid, readPostmasterPid } from './postmaster-pid.ts'

/** As PostgreSQL 18 writes it with unix sockets disabled. */
const complete = '4711\n/data/postgres\n1760000000\n54321\n\n127.0.0.1\n  1048705    131090\nready   \n'

it.each([
  ['a running server', complete, { pid: 4711, port: 54321, status: 'ready' }],
  ['one that shuts down', complete.replace('ready   ', 'stopping'), { pid: 4711, port: 54321, status: 'stopping' }],
  ['one that has only begun', '4711\n/data/postgres\n', { pid: 4711, port: null, status: null }],
  ['a standalone backend', '-4711\n/data/postgres\n', { pid: 4711, port: null, status: null }],
  ['an unknown status', complete.replace('ready   ', 'dreaming'), { pid: 4711, port: 54321, status: null }],
  ['an empty file', '', null],
  ['a file cut by a full disk', '\0\0\0\0', null],
])('reads %s', (_, content, expected) => {
  expect(parsePostmasterPid(content)).toEqual(expected)
})

it('makes something usable or nothing of any content', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('0', '7', '-', '.', 'e', '\n', ' ', 'x') }), (content) => {
      const state = parsePostmasterPid(content)
      if (state !== null) expect(state.pid).toSatisfy((pid: number) => Number.isSafeInteger(pid) && pid > 0)
    }),
  )
})

let cluster = ''
beforeEach(async () => {
  cluster = await mkdtemp(path.join(tmpdir(), 'fettle-pid-'))
})
afterEach(() => rm(cluster, { recursive: true }))

it('reads nothing where no server ever ran', async () => {
  expect(await readPostmasterPid(cluster)).toBeNull()
})

it('replaces the process id alone and keeps the shared memory key', async () => {
  const file = path.join(cluster, 'postmaster.pid')
  await writeFile(file, complete)
  await disownPostmasterPid(cluster)
  expect(await readFile(file, 'utf8')).toBe(complete.replace('4711', '2147483647'))
})
