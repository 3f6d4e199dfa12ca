import path from 'node:path'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import { createClient } from '@fettle/contracts/client'
import { getOverview } from '@fettle/contracts/overview'
import { listTickets } from '@fettle/contracts/tickets'
import { expect, it } from 'vitest'
import { demoAccounts, demoPassword } from '../src/demo/accounts.ts'
import { runFettle } from './run-fettle.ts'
import { signIn, startFettle, startTimeoutMs } from './start-fettle.ts'

it('runs, listens to its machines, and is itself again after kill -9', { timeout: 4 * startTimeoutMs }, async () => {
  await using folder = await tempFolder('cli')
  const dataDir = path.join(folder.path, 'data')
  const env = { FETTLE_DATA: dataDir }
  const open = await runFettle(['start', '--no-web'], { env: { ...env, FETTLE_HTTP_HOST: '0.0.0.0' } })
  expect(open).toMatchObject({ code: 2, stderr: expect.stringMatching(/loopback only: unset FETTLE_HTTP_HOST/) })

  const first = await startFettle(dataDir, [])
  expect(first.printed()).toContain(demoPassword)
  for (const username of demoAccounts)
    expect(await signIn(first.url, username, demoPassword)).toEqual(expect.any(String))
  const before = await allTickets(first.url)
  expect(before.length).toBeGreaterThan(10)
  expect(new Set(before.map(({ state }) => state))).toEqual(new Set(['closed']))
  await everyMachineSpeaks(first.url)
  await theDayBegins(first.url)

  const broken = await runFettle(['sim', 'fault', 'P100-2208-0302', 'P-03'], { env })
  expect(broken).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^P100-2208-0302 .* running .*P-03/),
  })
  const listed = await runFettle(['sim', 'list', '--json'], { env })
  expect(JSON.parse(listed.stdout).items).toHaveLength(18)
  const mended = await runFettle(['sim', 'clear', 'P100-2208-0302', 'P-03'], { env })
  expect(mended.stdout).not.toContain('P-03')

  await first.kill9()
  const asWork = await runFettle(['start', '--no-demo', '--no-web'], { env })
  expect(asWork).toMatchObject({ code: 2, stderr: expect.stringContaining('This database holds the demonstration') })
  const second = await startFettle(dataDir, [])
  const after = await allTickets(second.url)
  expect(after.map(({ number }) => number)).toEqual(expect.arrayContaining(before.map(({ number }) => number)))
  expect(new Set(after.map(({ number }) => number)).size).toBe(after.length)
  expect(after.filter(({ source }) => source !== 'alarm')).toHaveLength(before.length)
  await everyMachineSpeaks(second.url)
  expect(await second.stop()).toMatchObject({ code: 0, stderr: '' })
})

async function clientOf(url: string) {
  const token = await signIn(url, 'admin', demoPassword)
  return createClient({ origin: url, token: () => String(token) })
}

async function allTickets(url: string) {
  const call = await clientOf(url)
  return (await call(listTickets, { querystring: { limit: 100 } })).items
}

/** Over 4G, whose network is down for another twelve minutes. */
const silent = 'CH1000-2108-0009'

/**
 * Every machine but one has said something in the last moments, and every signal that a list shows has a value: registers, nodes,
 * metrics and fields are where the gateway looks. What does not change need not be said again.
 */
async function everyMachineSpeaks(url: string): Promise<void> {
  const call = await clientOf(url)
  const sinceMs = Date.now()
  const fresh = async () => {
    const { fleet } = await call(getOverview, {})
    const mute = fleet.filter(({ headline }) => headline.every(({ latest }) => !latest || latest.at < sinceMs))
    const blank = fleet.filter(({ headline }) => headline.some(({ latest }) => typeof latest?.value !== 'number'))
    expect(mute.map(({ key }) => key)).toEqual([silent])
    expect(blank.map(({ key }) => key)).toEqual([])
    return fleet
  }
  const fleet = await eventually(fresh, { what: 'every machine to speak', timeoutMs: 60_000, everyMs: 200 })
  expect(fleet).toHaveLength(18)
  expect(fleet.every(({ headline }) => headline.length > 0)).toBe(true)
}

/** Twelve run, of which compressors may be unloaded at the moment; the others are as the story begins. */
async function theDayBegins(url: string): Promise<void> {
  const call = await clientOf(url)
  const { fleet } = await call(getOverview, {})
  const busy = fleet.filter(({ state, modelKey }) => state === 'running' || (state === 'idle' && modelKey === 'AC75'))
  const others = fleet.filter((machine) => !busy.includes(machine)).map(({ key, state }) => `${key} ${state}`)
  expect(others.toSorted()).toEqual([
    'AC75-2111-0143 stopped',
    'CH1000-2108-0009 offline',
    'IM280-2006-0003 maintenance',
    'P100-2208-0303 idle',
    'VMC850-2305-0058 idle',
  ])
}
