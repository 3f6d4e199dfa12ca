import type { Command } from 'commander'
import { describeConfig } from '@fettle/platform/config'
import { loadSettings, variables } from '../settings.ts'

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('show the environment variables with their defaults, and check those that are set')
    .action(() => {
      console.log(describeConfig(variables).trimEnd())
      loadSettings()
    })
}
