import type { Command } from 'commander'

/** The demonstration, where it does not come with `fettle start`. */
export function addDemoCommand(program: Command): void {
  const demo = program.command('demo').description('the demonstration: its machines, and its years of history')

  demo
    .command('plant')
    .description('fill the database of DATABASE_URL with the demonstration and run its machines and gateways')
    .action(async () => (await import('./demo-plant.ts')).runDemoPlant())
}
