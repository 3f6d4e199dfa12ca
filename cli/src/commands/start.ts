import type { Command } from 'commander'
import type { StartFlags } from '../instance/start.ts'

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('run everything in one process: api, web, broker, rules and PostgreSQL')
    .option('--demo', 'the demonstration with simulated machines; the default on a new data folder')
    .option('--no-demo', 'an empty system for your own machines')
    .option('--no-plant', 'leave the demonstration’s machines and gateways to `fettle demo plant` in another process')
    .option('--demo-public', 'let the demonstration listen beyond loopback, with its published password')
    .option('--dev', 'for development: the web from its sources on port 5173, restart when other sources change')
    .option('--no-web', 'do not build and serve the web')
    .action(async ({ dev, ...flags }: StartFlags & { dev?: boolean }) => {
      if (dev) await (await import('../dev.ts')).runDevelopment(flags)
      else await (await import('../instance/start.ts')).start(flags)
    })
}
