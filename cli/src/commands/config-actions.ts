import { describeConfig } from '@fettle/platform/config'
import { loadSettings, variables } from '../settings.ts'

/** The table that the README has, then a `ConfigError` if something is wrong with what is set. */
export function showConfig(): void {
  console.log(describeConfig(variables).trimEnd())
  loadSettings()
}
