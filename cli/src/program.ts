import { Command } from 'commander'
import { addBenchCommand } from './commands/bench.ts'
import { addConfigCommand } from './commands/config.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDeviceCommand } from './commands/device.ts'
import { addGatewayCommand } from './commands/gateway.ts'
import { addGrafanaCommand } from './commands/grafana.ts'
import { addReplayCommand } from './commands/replay.ts'
import { addSimCommand } from './commands/sim.ts'
import { addStartCommand } from './commands/start.ts'
import { addUserCommand } from './commands/user.ts'
import { version } from './version.ts'

/** The command line. What a command does is loaded when it is called, so that `--help` answers at once. */
export function createProgram(): Command {
  const program = new Command('fettle')
    .description('机康 Fettle: machines raise their own repair tickets, and everything that follows.')
    .version(version)
    .option('--debug', 'show where an error comes from')
    .showHelpAfterError('(--help shows what is possible)')
    .exitOverride()
  addStartCommand(program)
  addGatewayCommand(program)
  addSimCommand(program)
  addReplayCommand(program)
  addUserCommand(program)
  addDeviceCommand(program)
  addDemoCommand(program)
  addGrafanaCommand(program)
  addBenchCommand(program)
  addConfigCommand(program)
  return program
}
