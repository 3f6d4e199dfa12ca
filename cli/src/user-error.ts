import { ControlRefusal } from '@fettle/devices-sim/control-client'
import { SimulatorError } from '@fettle/devices-sim/simulator-error'
import { EmbeddedPostgresError } from '@fettle/db/embedded/embedded-error'
import { GatewayConfigError } from '@fettle/gateway/config'
import { ConfigError } from '@fettle/platform/config'

/** Something that the person at the terminal can put right; the message is one sentence that says how. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

const forPeople = [UserError, ConfigError, EmbeddedPostgresError, GatewayConfigError, SimulatorError, ControlRefusal]

/** Whether the message alone tells enough; anything else is a fault of ours and is shown with its stack. */
export function isForPeople(error: unknown): error is Error {
  return forPeople.some((kind) => error instanceof kind)
}
