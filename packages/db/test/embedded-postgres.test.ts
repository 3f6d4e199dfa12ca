import { chmod, chown, mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createLogger } from '@fettle/platform/logging'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import type pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded/embedded-postgres.ts'
import { killChildren, startChild } from './processes/child.ts'
import { canUnshare, isRoot, nobody, othersCanRun } from './processes/privileges.ts'
import { isRunning, postmasterOf, query, serverLog } from './processes/postgres-processes.ts'

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

const permissions = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

describe('a first start', () => {
  it('reports its steps, makes everything in a folder that did not exist, and lets us in with the password alone', async () => {
    await using folder = await tempFolder('embedded')
    const dataDir = path.join(folder.path, 'not', 'there')
    const steps: string[] = []
    const { url, port } = await start({ dataDir, onProgress: (step) => steps.push(step) })
    expect(steps).toEqual(['creating the database', 'starting PostgreSQL', 'ready'])

    expect(await permissions(path.join(dataDir, 'postgres'))).toBe('700')
    expect(await permissions(path.join(dataDir, 'postgres-password'))).toBe('600')
    const open = new URL(url)
    open.password = 'guess'
    await expect(query(open.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    expect(await query(url, 'select current_database() name, inet_server_port() port')).toEqual([
      { name: 'fettle', port },
    ])
  })

  it('runs with settings that keep what was committed, and reads Chinese', async () => {
    await using folder = await tempFolder('embedded')
    const { url } = await start({ dataDir: folder.path })
    const [settings] = await query(
      url,
      `select current_setting('fsync') fsync, current_setting('synchronous_commit') commit, current_setting('timezone') zone,
              current_setting('unix_socket_directories') sockets, current_setting('listen_addresses') addresses,
              current_setting('server_encoding') encoding, datctype from pg_database where datname = current_database()`,
    )
    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      zone: 'UTC',
      sockets: '',
      addresses: '127.0.0.1',
      encoding: 'UTF8',
      datctype: 'C.UTF-8',
    })
  })

  it('begins anew when the making of the database was interrupted', async () => {
    await using folder = await tempFolder('embedded')
    await mkdir(path.join(folder.path, 'postgres.new'), { mode: 0o700 })
    await writeFile(path.join(folder.path, 'postgres.new', 'PG_VERSION'), '18\n')
    await writeFile(path.join(folder.path, 'postgres-password.new'), 'half a passw')
    const { url } = await start({ dataDir: folder.path })
    expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }])
    await expect(stat(path.join(folder.path, 'postgres.new'))).rejects.toThrow('ENOENT')
    await expect(stat(path.join(folder.path, 'postgres-password.new'))).rejects.toThrow('ENOENT')
  })
})

describe('a stop', () => {
  it('leaves no process, and everything that was written', async () => {
    await using folder = await tempFolder('embedded')
    const first = await start({ dataDir: folder.path })
    const pid = await postmasterOf(folder.path)
    await query(first.url, `create table notes as select '油温' as text`)
    await Promise.all([first.stop(), first.stop()])
    expect(await isRunning(folder.path, pid)).toBe(false)
    expect(await serverLog(folder.path)).toContain('database system is shut down')

    const second = await start({ dataDir: folder.path })
    expect(await query(second.url, 'select * from notes')).toEqual([{ text: '油温' }])
  })

  it('does not wait for connections that are still open', async () => {
    await using folder = await tempFolder('embedded')
    const server = await start({ dataDir: folder.path })
    const sleeping = query(server.url, 'select pg_sleep(600)').catch((error: pg.DatabaseError) => error.code)
    const asleep = `select from pg_stat_activity where query like '%sleep(6%' and wait_event = 'PgSleep'`
    await eventually(async () => (await query(server.url, asleep)).length > 0, { what: 'the statement to run' })
    await server.stop()
    expect(await sleeping).toBe('57P01')
  })

  it('happens also when an error ends the process', async () => {
    await using folder = await tempFolder('embedded')
    const owner = startChild('own-postgres', [folder.path])
    expect(await owner.report).toMatchObject({ kind: 'started' })
    const pid = await postmasterOf(folder.path)
    owner.order('throw')
    await owner.exited
    await eventually(async () => !(await isRunning(folder.path, pid)), { what: 'PostgreSQL to end' })
  })
})

describe('a start that cannot work', () => {
  it('quotes the log of the server', async () => {
    await using folder = await tempFolder('embedded')
    await expect(start({ dataDir: folder.path, settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
      code: 'server/not-started',
      message: expect.stringMatching(/ended while it started \(exit code 1\):\n.*FATAL: .*"shared_buffers": "plenty"/),
    })
    // The failure is not final: the folder is free, and sensible settings work.
    await start({ dataDir: folder.path })
  })

  it('refuses a second Fettle process on the folder, which goes on undisturbed', async () => {
    await using folder = await tempFolder('embedded')
    const { url } = await start({ dataDir: folder.path })
    const second = startChild('own-postgres', [folder.path])
    expect(await second.report).toEqual({
      kind: 'failed',
      code: 'data-folder/locked',
      message: expect.stringContaining(
        `Another Fettle process (${process.pid}) already uses the data folder ${folder.path}`,
      ),
    })
    expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }])
  })

  it('says which file is missing when the password is gone', async () => {
    await using folder = await tempFolder('embedded')
    const server = await start({ dataDir: folder.path })
    await server.stop()
    await writeFile(path.join(folder.path, 'postgres-password'), '')
    await expect(start({ dataDir: folder.path })).rejects.toMatchObject({
      code: 'data-folder/unusable',
      message: expect.stringContaining(path.join(folder.path, 'postgres-password')),
    })
  })
})

describe.skipIf(!isRoot)('as root (skipped for an ordinary user, who cannot become others)', () => {
  it('runs the server as the user who owns nothing, where the path allows', async () => {
    await using folder = await tempFolder('embedded')
    await start({ dataDir: folder.path })
    expect(await stat(path.join(folder.path, 'postgres'))).toMatchObject({ uid: othersCanRun ? nobody : 0 })
  })

  it.skipIf(!canUnshare)('runs the server in a user namespace below a folder that is closed to others', async () => {
    await using folder = await tempFolder('embedded')
    await chmod(folder.path, 0o700)
    const dataDir = path.join(folder.path, 'data')
    const first = await start({ dataDir })
    expect(await stat(path.join(dataDir, 'postgres'))).toMatchObject({ uid: 0 })
    expect(await query(first.url, 'select 1 one')).toEqual([{ one: 1 }])
    const pid = await postmasterOf(dataDir)
    await first.stop()
    expect(await isRunning(dataDir, pid)).toBe(false)
    await start({ dataDir })
  })

  it.skipIf(!othersCanRun)(
    'starts for an ordinary user plainly, and later keeps that owner when root starts it',
    async () => {
      await using folder = await tempFolder('embedded')
      await chown(folder.path, nobody, nobody)
      const owner = startChild('own-postgres', [folder.path], { uid: nobody })
      expect(await owner.report).toMatchObject({ kind: 'started' })
      owner.order('stop')
      await owner.exited
      expect(await stat(path.join(folder.path, 'postgres'))).toMatchObject({ uid: nobody })

      const { url } = await start({ dataDir: folder.path })
      expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }])
      expect(await stat(`/proc/${await postmasterOf(folder.path)}`)).toMatchObject({ uid: nobody })
    },
  )
})
