import type { Command } from 'commander'
import { parseDuration } from './duration.ts'
import { faultsHelp } from './sim-faults.ts'

interface Target {
  url?: string
}

interface FaultOptions {
  progress?: number
  /** Milliseconds. */
  over?: number
  signal?: string
}

const urlOption = [
  '--url <url>',
  'control interface; default: of what runs on FETTLE_DATA, else FETTLE_SIM_PORT',
] as const

/** Each call of the control interface, and running the fleet by itself. */
export function addSimCommand(program: Command): void {
  const sim = program.command('sim').description('the simulated machines: run them, break them, mend them')

  sim.addHelpText('after', faultsHelp)

  sim
    .command('list')
    .description('all machines with their faults')
    .option(...urlOption)
    .option('--json', 'one JSON object')
    .action(async (options: Target & { json?: boolean }) => (await actions()).list(options))

  sim
    .command('fault')
    .alias('inject')
    .description('break a machine; `fettle sim --help` names the faults')
    .argument('<device>', 'such as AC75-2403-0117')
    .argument('<mode>', 'such as AC-01')
    .option('--progress <share>', 'how far a slow fault has come already, 0 to 1', Number)
    .option('--over <time>', 'what takes weeks develops within this running time, such as 10m', parseDuration)
    .option('--signal <key>', 'the signal that a stuck-sensor freezes')
    .option(...urlOption)
    .action(async (device: string, mode: string, options: Target & FaultOptions) =>
      (await actions()).fault(device, mode, options),
    )

  sim
    .command('clear')
    .description('mend a machine')
    .argument('<device>', 'such as AC75-2403-0117')
    .argument('<mode>', 'such as AC-01')
    .option(...urlOption)
    .action(async (device: string, mode: string, options: Target) => (await actions()).clear(device, mode, options))

  sim
    .command('run')
    .description('run the fleet by itself, for a gateway of your own; `fettle start` has one already')
    .option('--seed <number>', 'the same seed gives the same lives', Number, 1)
    .option('--faults', 'let machines break now and then')
    .action(async (options: { seed: number; faults?: boolean }) => (await import('./sim-run.ts')).runFleet(options))
}

const actions = () => import('./sim-actions.ts')
