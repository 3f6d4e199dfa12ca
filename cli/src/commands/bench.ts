import type { Command } from 'commander'

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('measure this machine: latency')
    .argument('<name>')
    .option('--json', 'one JSON object')
    .action(async (name: string, options: { json?: boolean }) =>
      (await import('./bench-actions.ts')).runBench(name, options),
    )
}
