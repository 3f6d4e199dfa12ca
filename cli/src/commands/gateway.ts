import type { Command } from 'commander'

export function addGatewayCommand(program: Command): void {
  program
    .command('gateway')
    .description('run a gateway by itself: equipment on one side, the platform on the other, a spool between them')
    .requiredOption('--config <file>', 'YAML or JSON; see gateway/examples/gateway.yaml')
    .action(async ({ config }: { config: string }) => {
      const { runGateway } = await import('@fettle/gateway/main')
      await runGateway(config)
    })
}
