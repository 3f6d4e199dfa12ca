import { bigint, timestamp, uuid } from 'drizzle-orm/pg-core'

/** UUIDv7 given by the application. */
export const id = () => uuid('id').primaryKey()
/** An instant with zone, milliseconds, as a JavaScript Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
/** Money in integer minor units. */
export const cents = (name: string) => bigint(name, { mode: 'number' })
/** UTC epoch milliseconds of telemetry. */
export const epochMs = (name: string) => bigint(name, { mode: 'number' })
