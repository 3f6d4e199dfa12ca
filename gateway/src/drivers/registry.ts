import type { DriverKind } from '../driver.ts'
import { modbusTcp } from './modbus/driver.ts'
import { mqtt } from './mqtt/driver.ts'
import { opcua } from './opcua/driver.ts'

/** Every kind of source there is. A new driver is a folder beside these and a line here. */
export const driverKinds: readonly DriverKind[] = [modbusTcp, mqtt, opcua]
