import { afterEach, expect, it, vi } from 'vitest'
import { type RunAsFacts, chooseRunAs, invocation, nobody } from './run-as.ts'

const root: RunAsFacts = {
  dataRoot: '/data',
  uid: 0,
  hasUserName: true,
  clusterOwner: null,
  canWork: async () => true,
  canUnshare: async () => true,
}
const ordinary: RunAsFacts = { ...root, uid: 1000 }
const no = async () => false

it.each<[string, RunAsFacts, unknown]>([
  ['root becomes nobody where the path allows', root, { kind: 'other-user', ...nobody }],
  ['root goes into a user namespace where it does not', { ...root, canWork: no }, { kind: 'user-namespace' }],
  [
    'root keeps the owner of a cluster',
    { ...root, clusterOwner: { uid: 1000, gid: 100 } },
    { kind: 'other-user', uid: 1000, gid: 100 },
  ],
  ["root's own cluster needs the namespace", { ...root, clusterOwner: { uid: 0, gid: 0 } }, { kind: 'user-namespace' }],
  ['an ordinary user just runs it', ordinary, { kind: 'this-user' }],
  ['also on a cluster of one’s own', { ...ordinary, clusterOwner: { uid: 1000, gid: 1 } }, { kind: 'this-user' }],
  [
    'a nameless user borrows a name from the namespace',
    { ...ordinary, hasUserName: false },
    { kind: 'user-namespace' },
  ],
  ['Windows has no user numbers', { ...root, uid: null }, { kind: 'this-user' }],
])('%s', async (_, facts, expected) => {
  expect(await chooseRunAs(facts)).toEqual(expected)
})

it.each<[string, RunAsFacts, string, string]>([
  [
    'root without a way out',
    { ...root, canWork: no, canUnshare: no },
    'root/refused',
    'set FETTLE_DATA to a folder whose parents others may enter',
  ],
  [
    "root's own cluster without namespaces",
    { ...root, clusterOwner: { uid: 0, gid: 0 }, canUnshare: no },
    'root/refused',
    'FETTLE_DATA',
  ],
  [
    'a cluster of a user that root cannot serve here',
    { ...root, clusterOwner: { uid: 7, gid: 7 }, canWork: no },
    'data-folder/unusable',
    'belongs to user 7',
  ],
  [
    'a cluster of someone else',
    { ...ordinary, clusterOwner: nobody },
    'data-folder/unusable',
    'set FETTLE_DATA to a folder of your own',
  ],
  [
    'a nameless user without namespaces',
    { ...ordinary, hasUserName: false, canUnshare: no },
    'data-folder/unusable',
    '/etc/passwd',
  ],
])('refuses %s with the way out', async (_, facts, code, hint) => {
  await expect(chooseRunAs(facts)).rejects.toMatchObject({ code, message: expect.stringContaining(hint) })
})

afterEach(() => vi.unstubAllEnvs())

it('shields PostgreSQL from our environment', () => {
  vi.stubEnv('PGPORT', '1')
  vi.stubEnv('LC_CTYPE', 'xx_XX')
  vi.stubEnv('LANG', 'xx_XX')
  vi.stubEnv('KEPT', 'yes')
  const { options } = invocation({ kind: 'this-user' }, '/bin/postgres', [])
  expect(options.env).toMatchObject({ LC_ALL: 'C', KEPT: 'yes' })
  expect(Object.keys(options.env)).not.toEqual(expect.arrayContaining(['PGPORT']))
  expect(options.env).not.toHaveProperty('LC_CTYPE')
  expect(options.env).not.toHaveProperty('LANG')
})

it('runs the program itself inside the namespace', () => {
  expect(invocation({ kind: 'user-namespace' }, '/bin/postgres', ['-D', '/data'])).toMatchObject({
    command: 'unshare',
    args: ['-U', '--', '/bin/postgres', '-D', '/data'],
  })
})
