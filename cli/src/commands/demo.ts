import { type Command, InvalidArgumentError } from 'commander'

/** The demonstration, where it does not come with `fettle start`. */
export function addDemoCommand(program: Command): void {
  const demo = program.command('demo').description('the demonstration: its machines, and its years of history')

  demo
    .command('plant')
    .description('fill the database of DATABASE_URL with the demonstration and run its machines and gateways')
    .action(async () => (await import('./demo-plant.ts')).runDemoPlant())

  demo
    .command('seed')
    .description(
      'write the service history of a demonstration through the product’s own commands, beside it while it runs',
    )
    .option('--months <number>', 'how far back, 1 to 12', parseMonths, 12)
    .option('--seed <number>', 'the same seed gives the same year', parseSeed, 1)
    .option('--json', 'print one JSON object')
    .action(async (options: { months: number; seed: number; json?: boolean }) =>
      (await import('./demo-seed.ts')).seedHistory(options),
    )
}

function parseMonths(text: string): number {
  const months = Number(text)
  if (Number.isInteger(months) && months >= 1 && months <= 12) return months
  throw new InvalidArgumentError('Give a whole number from 1 to 12.')
}

function parseSeed(text: string): number {
  const seed = Number(text)
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31) return seed
  throw new InvalidArgumentError('Give a whole number from 0 to 2147483647.')
}
