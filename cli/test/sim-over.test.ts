import { fleet } from '@fettle/devices-sim/fleet'
import { createFleetSimulator } from '@fettle/devices-sim/simulator'
import { fakeClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { CommanderError } from 'commander'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createProgram } from '../src/program.ts'

const machine = 'AC75-2206-0021'

/** A simulated fleet of compressors, and the command line that speaks to it. */
async function start() {
  const clock = fakeClock(Date.parse('2026-04-15T12:00:00+08:00'))
  const sites = fleet.map((site) => ({
    ...site,
    groups: site.groups.filter(({ link }) => link.kind === 'modbus-tcp'),
  }))
  const simulator = createFleetSimulator({
    sites,
    clock,
    logger: createLogger({ name: 'test', level: 'silent' }),
    seed: 1,
    ports: { control: 0 },
    tickMs: 20,
  })
  await simulator.start()
  onTestFinished(() => simulator.stop())
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
  onTestFinished(() => printed.mockRestore())
  const call = async (...argv: string[]) => {
    const program = createProgram()
    for (const command of program.commands.flatMap((each) => each.commands)) {
      command.exitOverride().configureOutput({ writeErr: () => {} })
    }
    await program.parseAsync(['sim', ...argv, '--url', simulator.controlUrl() ?? ''], { from: 'user' })
    return String(printed.mock.lastCall?.[0])
  }
  const progress = () => simulator.snapshot().find(({ deviceKey }) => deviceKey === machine)?.faults[0]?.progress
  return { clock, call, progress }
}

it('weeks of wear run in ten minutes of running time', async () => {
  const { clock, call, progress } = await start()
  expect(await call('inject', machine, 'AC-04', '--over', '10m')).toMatch(/^AC75-2206-0021 .* running .*AC-04 0 %$/)
  clock.advance(5 * 60_000)
  await vi.waitFor(() => expect(progress()).toBeCloseTo(0.5, 1), 10_000)
  clock.advance(5 * 60_000)
  await vi.waitFor(() => expect(progress()).toBe(1), 10_000)
  expect(await call('list')).toMatch(new RegExp(`^${machine} .*AC-04$`, 'm'))
})

it.each([
  ['a number without its unit', ['AC-04', '--over', '10'], /Give a time above zero such as 90s/],
  ['no time at all', ['AC-04', '--over', '0s'], /Give a time above zero such as 90s/],
  ['a fault that is there at once', ['AC-01', '--over', '10m'], /AC-01 is there at once/],
  ['quicker than a sensor follows', ['AC-04', '--over', '1s'], /must lie between 10000/],
  ['slower than it is by itself', ['AC-04', '--over', '100d'], /takes at most by itself/],
])('%s is refused', async (_, argv, says) => {
  const { call, progress } = await start()
  const refused: unknown = await call('fault', machine, ...argv).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Error)
  expect(refused instanceof CommanderError || (refused as Error).name === 'ControlRefusal').toBe(true)
  expect((refused as Error).message).toMatch(says)
  expect(progress()).toBeUndefined()
})
