import type { Command } from 'commander'

/** Who may send readings. */
export function addDeviceCommand(program: Command): void {
  const device = program.command('device').description('credentials of machines and gateways that send over MQTT')

  device
    .command('credential')
    .description('make a secret for a machine or gateway, in place of the one it had, and print it once')
    .argument('<key>', 'key of the machine or gateway')
    .option('--json', 'print one JSON object')
    .action(async (key: string, options: { json?: boolean }) =>
      (await import('./device-actions.ts')).makeCredential(key, options),
    )

  device
    .command('revoke')
    .description('end the credential of a machine or gateway, and its connection with it')
    .argument('<key>')
    .action(async (key: string) => (await import('./device-actions.ts')).revokeCredential(key))
}
