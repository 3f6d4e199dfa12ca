import { request } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import {
  clearFault,
  injectFault,
  listMachines,
  releaseSignal,
  setMachineRunning,
  stepSignal,
} from '../src/control-client.ts'
import { runSimulator } from './running-simulator.ts'

const key = 'AC75-2403-0117'

async function start() {
  const running = await runSimulator()
  return { ...running, url: running.simulator.controlUrl()! }
}

describe('the control interface', () => {
  it('lists the machines with their values', async () => {
    const { url, simulator } = await start()
    const machines = await listMachines(url)
    expect(machines).toHaveLength(10)
    expect(machines.filter((machine) => machine.running)).toHaveLength(8)
    expect(machines).toEqual(simulator.snapshot())
  })

  it('injects a fault, which develops, and repairs it', async () => {
    const { url, clock } = await start()
    const injected = await injectFault(url, key, { mode: 'AC-04', progress: 0.8 })
    expect(injected.faults).toEqual([{ mode: 'AC-04', progress: 0.8, since: new Date(clock.now()).toISOString() }])
    const shaking = async () => (await listMachines(url))[0]!.values['airend_vibration']!
    clock.advance(120_000)
    await vi.waitFor(async () => expect(await shaking()).toBeGreaterThan(7), 10_000)
    expect((await clearFault(url, key, 'AC-04')).faults).toEqual([])
    clock.advance(120_000)
    await vi.waitFor(async () => expect(await shaking()).toBeLessThan(6.5), 10_000)
  })

  it('stops and starts a machine', async () => {
    const { url, clock } = await start()
    await setMachineRunning(url, key, false)
    clock.advance(5_000)
    await vi.waitFor(async () => expect((await listMachines(url))[0]!.running).toBe(false), 10_000)
    await setMachineRunning(url, key, true)
    clock.advance(5_000)
    await vi.waitFor(async () => expect((await listMachines(url))[0]!.running).toBe(true), 10_000)
  })

  it('holds a signal at a value and releases it', async () => {
    const { url } = await start()
    expect((await stepSignal(url, key, 'discharge_temperature', 101.5)).values['discharge_temperature']).toBe(101.5)
    expect((await releaseSignal(url, key, 'discharge_temperature')).forced).toEqual({})
  })
})

describe('bad requests get a clear answer', () => {
  const json = { 'content-type': 'application/json' }
  const post = (body: string, headers: Record<string, string> = json) => ({ method: 'POST', body, headers })

  it.each([
    ['an unknown address', '/x', {}, 404, 'http/not-found'],
    ['a wrong method', '/machines', { method: 'DELETE' }, 405, 'http/method-not-allowed'],
    ['an unknown machine', '/machines/NOPE/run', post('{"running":true}'), 404, 'machine/unknown'],
    ['an unknown fault', `/machines/${key}/faults`, post('{"mode":"AC-99"}'), 400, 'body/invalid'],
    ['an unknown fault to repair', `/machines/${key}/faults/AC-99`, { method: 'DELETE' }, 404, 'fault/unknown'],
    ['a fault that is not there', `/machines/${key}/faults/AC-01`, { method: 'DELETE' }, 409, 'fault/not-active'],
    ['a fault of another model', `/machines/${key}/faults`, post('{"mode":"P-01"}'), 400, 'fault/wrong-model'],
    ['no time to develop over', `/machines/${key}/faults`, post('{"mode":"AC-04","overMs":0}'), 400, 'body/invalid'],
    ['a time too short', `/machines/${key}/faults`, post('{"mode":"AC-04","overMs":9}'), 400, 'fault/over-invalid'],
    [
      'a time of what has none',
      `/machines/${key}/faults`,
      post('{"mode":"AC-01","overMs":60000}'),
      400,
      'fault/over-invalid',
    ],
    ['progress 2', `/machines/${key}/faults`, post('{"mode":"AC-04","progress":2}'), 400, 'body/invalid'],
    [
      'a stuck sensor without signal',
      `/machines/${key}/faults`,
      post('{"mode":"stuck-sensor"}'),
      400,
      'fault/signal-missing',
    ],
    ['an unknown field', `/machines/${key}/run`, post('{"running":true,"fast":1}'), 400, 'body/invalid'],
    ['a wrong type', `/machines/${key}/run`, post('{"running":"yes"}'), 400, 'body/invalid'],
    ['an unknown signal', `/machines/${key}/signals/x/step`, post('{"value":1}'), 404, 'signal/unknown'],
    ['infinity', `/machines/${key}/signals/current/step`, post('{"value":1e999}'), 400, 'body/invalid'],
    ['a release of nothing', `/machines/${key}/signals/current/step`, { method: 'DELETE' }, 409, 'signal/not-forced'],
    ['malformed JSON', `/machines/${key}/run`, post('{"running":'), 400, 'body/malformed'],
    ['a form', `/machines/${key}/run`, post('running=true', { 'content-type': 'text/plain' }), 415, 'http/not-json'],
    ['a huge body', `/machines/${key}/run`, post(JSON.stringify('x'.repeat(20_000))), 413, 'http/too-large'],
    ['a foreign page', '/machines', { headers: { origin: 'https://example.com' } }, 403, 'http/host-not-local'],
    ['a broken escape', '/machines/%ZZ/run', post('{"running":true}'), 404, 'http/not-found'],
  ] as const)('%s', async (_, path, init, status, code) => {
    const { url, simulator } = await start()
    const before = simulator.snapshot()
    const response = await fetch(url + path, init)
    expect(response.status).toBe(status)
    const { error } = (await response.json()) as { error: { code: string; message: string } }
    expect(error.code).toBe(code)
    expect(error.message.length).toBeGreaterThan(10)
    expect(simulator.snapshot()).toEqual(before)
  })

  it('a foreign host name that was made to point here', async () => {
    const { url } = await start()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${url}/machines`, { headers: { host: 'evil.example:80' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it('names the field that is wrong', async () => {
    const { url } = await start()
    const refused = injectFault(url, key, { mode: 'AC-04', progress: -1 })
    await expect(refused).rejects.toMatchObject({ code: 'body/invalid', message: expect.stringContaining('/progress') })
  })
})
