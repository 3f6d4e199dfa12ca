import { Argument, type Command } from 'commander'
import { benchNames, type BenchName } from './bench-names.ts'

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('measure this machine, in a data folder of its own that is removed afterwards')
    .addArgument(
      new Argument(
        '<name>',
        'ingest: MQTT to the store; latency: limit crossed to ticket; query: trends; store: writing alone',
      ).choices(benchNames),
    )
    .option('--json', 'one JSON object on standard output, and nothing else')
    .action(async (name: BenchName, options: { json?: boolean }) =>
      (await import('./bench-actions.ts')).runBench(name, options),
    )
}
