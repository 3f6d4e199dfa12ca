import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nodeFiles, type SegmentFileHandle, type SegmentFiles } from './segment-files.ts'
import { openSegmentLog } from './segment-log.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'segment-log-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** The real files, with a record of what was called and hooks that run before a write or a sync. */
function observedFiles() {
  const calls: string[] = []
  const hooks: { beforeWrite?: () => Promise<void>; beforeSync?: () => Promise<void>; writeAtMost?: number } = {}
  const files: SegmentFiles = {
    ...nodeFiles,
    async open(path, mode) {
      calls.push(`${mode} ${basename(path).replace(/^0+(?=\d)/, '')}`)
      const real = await nodeFiles.open(path, mode)
      const handle: SegmentFileHandle = {
        read: (...args) => real.read(...args),
        async write(buffer, offset, length, position) {
          await hooks.beforeWrite?.()
          calls.push('write')
          return real.write(buffer, offset, Math.min(length, hooks.writeAtMost ?? length), position)
        },
        async datasync() {
          await hooks.beforeSync?.()
          calls.push('sync')
          await real.datasync()
        },
        truncate: (bytes) => real.truncate(bytes),
        close: () => real.close(),
      }
      return handle
    },
    async syncFolder(path) {
      calls.push('sync folder')
      await nodeFiles.syncFolder(path)
    },
  }
  return { files, calls, hooks }
}

/** A promise that the test resolves. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

it('shares one write and one sync among all who append during the sync before', async () => {
  const { files, calls, hooks } = observedFiles()
  const log = await openSegmentLog({ dir, files })
  calls.length = 0
  const syncing = gate()
  const maySync = gate()
  hooks.beforeSync = () => (syncing.open(), maySync.opened)
  const first = log.append(Buffer.from('first'))
  await syncing.opened
  const others = Array.from({ length: 100 }, (_, i) => log.append(Buffer.from(`other ${i}`)))
  maySync.open()
  expect(await first).toBe(0)
  expect(await Promise.all(others)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  expect(calls).toEqual(['write', 'sync', 'write', 'sync'])
  await log.close()
})

it('makes a record readable and acknowledges it only after its sync', async () => {
  const { files, hooks } = observedFiles()
  const log = await openSegmentLog({ dir, files })
  const syncing = gate()
  const maySync = gate()
  hooks.beforeSync = () => (syncing.open(), maySync.opened)
  let acknowledged = false
  const append = log.append(Buffer.from('a')).then(() => (acknowledged = true))
  await syncing.opened
  expect(acknowledged).toBe(false)
  expect(log.nextPosition).toBe(0)
  expect(await log.read(0)).toEqual({ records: [], next: 0 })
  maySync.open()
  await append
  expect((await log.read(0)).records).toHaveLength(1)
  await log.close()
})

it('syncs the folder before it writes into a new segment, and the old segment before that', async () => {
  const { files, calls } = observedFiles()
  const log = await openSegmentLog({ dir, files, segmentBytes: 30 })
  await log.append(Buffer.from('first'))
  await log.append(Buffer.from('second'))
  expect(calls).toEqual([
    'create 0.seg',
    'sync folder',
    'write',
    'sync',
    'create 1.seg',
    'sync folder',
    'write',
    'sync',
  ])
  await log.close()
})

it('syncs what it finds on opening, since a killed process may have left it in the page cache only', async () => {
  await (await openSegmentLog({ dir })).close()
  const { files, calls } = observedFiles()
  await (await openSegmentLog({ dir, files })).close()
  expect(calls).toEqual(['write 0.seg', 'sync'])
})

it.each(['beforeWrite', 'beforeSync'] as const)('acknowledges nothing after a failure %s', async (hook) => {
  const { files, hooks } = observedFiles()
  const log = await openSegmentLog({ dir, files })
  await log.append(Buffer.from('good'))
  const failing = gate()
  const mayFail = gate()
  hooks[hook] = async () => {
    failing.open()
    await mayFail.opened
    throw new Error('EIO: i/o error')
  }
  const waiter = log.changed(1, new AbortController().signal)
  const appends = [log.append(Buffer.from('in the failed group'))]
  await failing.opened
  appends.push(log.append(Buffer.from('waiting behind it')))
  const failed = { code: 'failed', message: 'the log failed to store records: EIO: i/o error' }
  const refused = [...appends, waiter].map((promise) => expect(promise).rejects.toMatchObject(failed))
  mayFail.open()
  await Promise.all(refused)

  delete hooks[hook] // the disk is well again, but the log cannot know what the kernel dropped
  await expect(log.append(Buffer.from('later'))).rejects.toMatchObject(failed)
  expect((await log.read(0)).records.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['good'])
  await log.close()

  const reopened = await openSegmentLog({ dir })
  expect(Buffer.from((await reopened.read(0)).records[0]!.payload).toString()).toBe('good')
  expect(await reopened.append(Buffer.from('works again'))).toBe(reopened.nextPosition - 1)
  await reopened.close()
})

it('writes on after a short write', async () => {
  const { files, hooks } = observedFiles()
  const log = await openSegmentLog({ dir, files, recentBytes: 0 })
  hooks.writeAtMost = 7
  await log.append(Buffer.from('a text of some length'))
  expect(Buffer.from((await log.read(0)).records[0]!.payload).toString()).toBe('a text of some length')
  await log.close()
})

it('reads the newest records from memory', async () => {
  const { files, calls } = observedFiles()
  const log = await openSegmentLog({ dir, files, recentBytes: 10_000 })
  for (let i = 0; i < 100; i++) await log.append(Buffer.alloc(1000, i))
  calls.length = 0
  expect((await log.read(95)).next).toBe(100)
  expect(calls).toEqual([])
  await log.read(0)
  expect(calls).toEqual(['read 0.seg'])
  await log.close()
})

it('works on when retention cannot delete, tells why, and tries again', async () => {
  const { files } = observedFiles()
  const errors: unknown[] = []
  let broken = true
  const remove = (path: string) => (broken ? Promise.reject(new Error('EACCES')) : nodeFiles.remove(path))
  const log = await openSegmentLog({
    dir,
    files: { ...files, remove },
    segmentBytes: 30,
    retention: { maxBytes: 60 },
    onRetentionError: (error) => errors.push(error),
  })
  for (let i = 0; i < 4; i++) await log.append(Buffer.from('12345'))
  expect(log.firstPosition).toBe(0)
  await expect(log.trim(2)).rejects.toThrow('EACCES')
  expect(errors.length).toBeGreaterThan(0)
  broken = false
  await log.append(Buffer.from('12345'))
  await log.close()
  expect(log.stats()).toMatchObject({ segments: 2, first: 3 })
})
