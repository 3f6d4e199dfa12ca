import type { Command } from 'commander'

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('show the environment variables with their defaults, and check those that are set')
    .action(async () => (await import('./config-actions.ts')).showConfig())
}
