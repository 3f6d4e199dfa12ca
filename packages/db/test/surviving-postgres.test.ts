import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createLogger } from '@fettle/platform/logging'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterEach, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded/embedded-postgres.ts'
import { isAlive } from '../src/embedded/process-probe.ts'
import { killChildren, startChild } from './processes/child.ts'
import { isRunning, postmasterOf, query } from './processes/postgres-processes.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const started: EmbeddedPostgres[] = []
const start = async (options: Omit<Parameters<typeof startEmbeddedPostgres>[0], 'logger'>) => {
  const server = await startEmbeddedPostgres({ ...options, logger })
  started.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()))
  await killChildren()
})

/** Starts the server in another process, which is then killed. Returns what runs on without it. */
async function survivorOf(dataDir: string): Promise<{ pid: number; port: number; url: string }> {
  const owner = startChild('own-postgres', [dataDir])
  const report = await owner.report
  if (report.kind !== 'started') throw new Error(JSON.stringify(report))
  await query(report.url, `create table notes as select 'committed' as text`)
  await owner.kill('SIGKILL')
  const pid = await postmasterOf(dataDir)
  expect(await isAlive(pid)).toBe(true)
  return { pid, port: report.port, url: report.url }
}

const postmasterPidFile = (dataDir: string) => path.join(dataDir, 'postgres', 'postmaster.pid')

it('takes over the server that outlived a killed process, and stops it cleanly at the end', async () => {
  await using folder = await tempFolder('survivor')
  const survivor = await survivorOf(folder.path)
  const steps: string[] = []
  const server = await start({ dataDir: folder.path, onProgress: (step) => steps.push(step) })
  expect(server).toMatchObject({ url: survivor.url, port: survivor.port })
  expect(steps).toEqual(['ready'])
  expect(await postmasterOf(folder.path)).toBe(survivor.pid)
  expect(await query(server.url, 'select * from notes')).toEqual([{ text: 'committed' }])
  await server.stop()
  expect(await isRunning(folder.path, survivor.pid)).toBe(false)
})

it('replaces it when it runs with other settings', async () => {
  await using folder = await tempFolder('survivor')
  const survivor = await survivorOf(folder.path)
  const server = await start({ dataDir: folder.path, settings: { work_mem: '9MB' } })
  expect(await isAlive(survivor.pid)).toBe(false)
  expect(await query(server.url, `select current_setting('work_mem') memory, text from notes`)).toEqual([
    { memory: '9MB', text: 'committed' },
  ])
})

it('replaces it when another port is wanted', async () => {
  await using folder = await tempFolder('survivor')
  const survivor = await survivorOf(folder.path)
  await using spare = await tempFolder('survivor')
  const other = await start({ dataDir: spare.path })
  await other.stop()
  const server = await start({ dataDir: folder.path, port: other.port })
  expect(server.port).toBe(other.port)
  expect(await isAlive(survivor.pid)).toBe(false)
})

it('starts on a folder whose server was killed too, with everything that was committed', async () => {
  await using folder = await tempFolder('survivor')
  const survivor = await survivorOf(folder.path)
  process.kill(survivor.pid, 'SIGKILL')
  await eventually(async () => !(await isAlive(survivor.pid)), { what: 'the server to be dead' })
  expect((await stat(postmasterPidFile(folder.path))).isFile()).toBe(true)
  const server = await start({ dataDir: folder.path })
  expect(await postmasterOf(folder.path)).not.toBe(survivor.pid)
  expect(await query(server.url, 'select * from notes')).toEqual([{ text: 'committed' }])
})

it('is not misled when the process id of a stale file belongs to someone else now', async () => {
  await using folder = await tempFolder('survivor')
  const survivor = await survivorOf(folder.path)
  process.kill(survivor.pid, 'SIGKILL')
  await eventually(async () => !(await isAlive(survivor.pid)), { what: 'the server to be dead' })
  // As the user that PostgreSQL runs as: it would take any process that it may signal for a living server.
  const { uid } = await stat(path.join(folder.path, 'postgres'))
  const bystander = spawn('sleep', ['600'], process.getuid?.() === 0 ? { uid } : {})
  await once(bystander, 'spawn')
  const stale = await readFile(postmasterPidFile(folder.path), 'utf8')
  await writeFile(postmasterPidFile(folder.path), stale.replace(/^\d+/, String(bystander.pid)))

  const server = await start({ dataDir: folder.path })
  expect(await query(server.url, 'select * from notes')).toEqual([{ text: 'committed' }])
  await server.stop()
  expect(await isAlive(bystander.pid!)).toBe(true)
  bystander.kill()
})

it('does not touch the server of the folder that it was copied from', async () => {
  await using folder = await tempFolder('survivor')
  await using copy = await tempFolder('survivor')
  const original = await start({ dataDir: folder.path })
  const pid = await postmasterOf(folder.path)
  await query(original.url, `create table notes as select 'committed' as text`)
  await query(original.url, 'checkpoint')
  const { status } = await copyFolder(folder.path, copy.path)
  expect(status).toBe(0)
  const second = await start({ dataDir: copy.path })
  expect(second.port).not.toBe(original.port)
  expect(await postmasterOf(copy.path)).not.toBe(pid)
  await second.stop()
  expect(await isAlive(pid)).toBe(true)
})

async function copyFolder(from: string, to: string): Promise<{ status: number | null }> {
  const child = spawn('cp', ['-a', `${from}/.`, to])
  const [status] = (await once(child, 'exit')) as [number | null]
  return { status }
}

it('starts a server that died again on the same port', async () => {
  await using folder = await tempFolder('survivor')
  const server = await start({ dataDir: folder.path })
  const pid = await postmasterOf(folder.path)
  await query(server.url, `create table notes as select 'committed' as text`)
  process.kill(pid, 'SIGKILL')
  const notes = () => query(server.url, 'select * from notes')
  expect(await eventually(notes, { what: 'the server to be back' })).toEqual([{ text: 'committed' }])
  const successor = await postmasterOf(folder.path)
  expect(successor).not.toBe(pid)
  await server.stop()
  expect(await isRunning(folder.path, successor)).toBe(false)
})

it('does the same for one that was taken over', async () => {
  await using folder = await tempFolder('survivor')
  const survivor = await survivorOf(folder.path)
  const server = await start({ dataDir: folder.path })
  process.kill(survivor.pid, 'SIGKILL')
  const notes = () => query(server.url, 'select * from notes')
  expect(await eventually(notes, { what: 'the server to be back' })).toEqual([{ text: 'committed' }])
})
