import { createHash } from 'node:crypto'
import { symlink } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterEach, expect, it } from 'vitest'
import { acquireDataFolderLock, candidatePorts } from '../src/embedded/data-folder-lock.ts'
import { killChildren, startChild } from './processes/child.ts'

afterEach(killChildren)

it('refuses a second holder in the same process, until the first lets go', async () => {
  await using folder = await tempFolder('lock')
  const first = await acquireDataFolderLock(folder.path)
  await expect(acquireDataFolderLock(folder.path)).rejects.toMatchObject({
    code: 'data-folder/locked',
    message: `Another Fettle process (${process.pid}) already uses the data folder ${folder.path}: stop it first, or set FETTLE_DATA to another folder.`,
  })
  await first.release()
  const second = await acquireDataFolderLock(folder.path)
  await second.release()
})

it('is the same lock through a link to the folder', async () => {
  await using folder = await tempFolder('lock')
  await using elsewhere = await tempFolder('lock')
  const link = path.join(elsewhere.path, 'link')
  await symlink(folder.path, link)
  const lock = await acquireDataFolderLock(folder.path)
  await expect(acquireDataFolderLock(link)).rejects.toMatchObject({ code: 'data-folder/locked' })
  await lock.release()
})

it('keeps two folders apart', async () => {
  await using one = await tempFolder('lock')
  await using other = await tempFolder('lock')
  const first = await acquireDataFolderLock(one.path)
  const second = acquireDataFolderLock(other.path)
  await expect(second).resolves.toBeDefined()
  await Promise.all([first.release(), (await second).release()])
})

it('refuses another process by naming the holder, and is free the moment the holder is killed', async () => {
  await using folder = await tempFolder('lock')
  const holder = startChild('hold-lock', [folder.path])
  expect(await holder.report).toEqual({ kind: 'locked' })
  await expect(acquireDataFolderLock(folder.path)).rejects.toThrow(
    `Another Fettle process (${holder.pid}) already uses`,
  )
  await holder.kill('SIGKILL')
  const lock = await acquireDataFolderLock(folder.path)
  await lock.release()
})

it('lets exactly one of several simultaneous processes in', async () => {
  await using folder = await tempFolder('lock')
  const rivals = Array.from({ length: 4 }, () => startChild('hold-lock', [folder.path]))
  const reports = await Promise.all(rivals.map((rival) => rival.report))
  const outcomes = reports.map((report) => (report.kind === 'failed' ? report.code : report.kind))
  const refusals = outcomes.filter((outcome) => outcome !== 'locked')
  expect(refusals).toEqual(Array(3).fill('data-folder/locked'))
})

/** A listener that has nothing to do with Fettle, on the folder's first choice. */
async function squat(folder: string, onConnection: (socket: net.Socket) => void): Promise<AsyncDisposable> {
  const [port] = candidatePorts(createHash('sha256').update(folder).digest())
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

it.each([
  ['answers in its own protocol', (socket: net.Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['hangs up', (socket: net.Socket) => socket.destroy()],
  ['holds another folder', (socket: net.Socket) => socket.end(`fettle-data-folder-lock/1 ${'0'.repeat(64)} 1\n`)],
])('evades a stranger on its port that %s, and still keeps others out', async (_, onConnection) => {
  await using folder = await tempFolder('lock')
  const squatter = await squat(folder.path, onConnection)
  const lock = await acquireDataFolderLock(folder.path)
  await expect(acquireDataFolderLock(folder.path)).rejects.toMatchObject({ code: 'data-folder/locked' })
  // The first choice gets free while the lock sits on the second one.
  await squatter[Symbol.asyncDispose]()
  await expect(acquireDataFolderLock(folder.path)).rejects.toMatchObject({ code: 'data-folder/locked' })
  await lock.release()
  const next = await acquireDataFolderLock(folder.path)
  await next.release()
})

it('rather refuses than overlooks a holder that is stalled', async () => {
  await using folder = await tempFolder('lock')
  await using _silent = await squat(folder.path, () => {})
  await expect(acquireDataFolderLock(folder.path, { answerTimeoutMs: 50 })).rejects.toThrow(
    'probably a stalled Fettle process',
  )
})
