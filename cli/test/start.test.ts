import path from 'node:path'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import { describe, expect, it } from 'vitest'
import { runFettle, spawnFettle } from './run-fettle.ts'
import { signIn, startFettle, startTimeoutMs } from './start-fettle.ts'

const timeout = 2 * startTimeoutMs

describe('fettle start without the demonstration', () => {
  it('tells how to make the first user, keeps him through kill -9, and stops cleanly', { timeout }, async () => {
    await using folder = await tempFolder('cli')
    const dataDir = path.join(folder.path, 'data')
    const env = { FETTLE_DATA: dataDir }
    const first = await startFettle(dataDir, ['--no-demo'])
    expect(first.printed()).toContain('npx fettle user add NAME --role admin')
    expect(first.printed()).not.toContain('fettle-demo')
    expect(await signIn(first.url, 'admin', 'fettle-demo')).toBe(401)

    const added = await runFettle(['user', 'add', '林', '--role', 'admin'], { env, input: 'a good secret\n' })
    expect(added).toMatchObject({ code: 0, stdout: '林 can sign in as admin.\n', stderr: '' })
    expect(await signIn(first.url, '林', 'a good secret')).toEqual(expect.any(String))

    const rival = await runFettle(['start', '--no-web'], { env })
    expect(rival.code).toBe(2)
    expect(rival.stderr).toMatch(
      /^Another Fettle process \(\d+\) already uses the data folder .*FETTLE_DATA to another folder\.\n$/,
    )

    expect(await first.kill9()).toMatchObject({ signal: 'SIGKILL' })
    const second = await startFettle(dataDir, [])
    expect(second.printed()).not.toContain('user add')
    expect(await signIn(second.url, '林', 'a good secret')).toEqual(expect.any(String))
    expect(await second.stop()).toMatchObject({ code: 0, stderr: '' })

    // Nothing runs now: the command starts the database for itself.
    const changed = await runFettle(['user', 'password', '林'], { env, input: 'another secret\n' })
    expect(changed).toMatchObject({ code: 0, stderr: '' })
    const asDemo = await runFettle(['start', '--demo', '--no-web'], { env })
    expect(asDemo).toMatchObject({ code: 2, stderr: expect.stringContaining('This database holds your own data') })
    const third = await startFettle(dataDir, [])
    expect(await signIn(third.url, '林', 'a good secret')).toBe(401)
    expect(await signIn(third.url, '林', 'another secret')).toEqual(expect.any(String))
    expect(await third.stop()).toMatchObject({ code: 0 })
  })

  it('stops on the way when it is told to', { timeout }, async () => {
    await using folder = await tempFolder('cli')
    const env = { FETTLE_DATA: path.join(folder.path, 'data') }
    const { child, printed, ended } = spawnFettle(['start', '--no-demo', '--no-web'], { env })
    await eventually(() => printed().includes('creating the database'), {
      what: 'it to be on its way',
      timeoutMs: startTimeoutMs,
    })
    // Twice, as when a terminal and npm both pass Ctrl-C on.
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, signal: null, stderr: '' })
    expect(printed()).not.toContain('is ready')
  })
})
