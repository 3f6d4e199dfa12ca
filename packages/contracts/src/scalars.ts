import { Type, type Static } from 'typebox'

/** UUIDv7, lower case. */
export const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'UUIDv7',
})
/** A stable, human-made key such as a device key or a part code; it never changes. */
export const Key = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', description: 'stable key' })
/** An instant as ISO 8601 in UTC; only years that a clock can mean. */
export const Instant = Type.String({
  format: 'date-time',
  pattern: '^[12]\\d{3}-',
  description: 'ISO 8601 instant in UTC',
})
/** A calendar day without a zone. */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'calendar day' })
/** Epoch milliseconds; used for telemetry only. */
export const EpochMs = Type.Integer({ description: 'UTC epoch milliseconds' })
/** Integer minor units: 131087 is 1,310.87. */
export const Cents = Type.Integer({ description: 'integer minor units of the currency' })
/** A fixed-point decimal with up to four fractional digits, as text so that no float ever touches it. */
export const Decimal = Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,4})?$', description: 'fixed-point decimal' })
/** Hours or kilometres of a visit: never negative, to the hundredth. */
export const Measured = Type.String({ pattern: '^\\d{1,5}(\\.\\d{1,2})?$', description: 'decimal of 0 or more' })
/** A share of what is taxed: 0.13 for 13 %. */
export const TaxRate = Type.String({ pattern: '^0(\\.\\d{1,4})?$', description: 'at least 0 and below 1' })
/** Counts the changes of a thing; a writer says which one it has seen. */
export const Version = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1, description: 'version that the caller saw' })
export const Currency = Type.Literal('CNY')
export const Text = Type.Object({ zh: Type.String(), en: Type.String() }, { description: 'text in both languages' })
export type Text = Static<typeof Text>

/** Where something is: WGS-84 degrees. Screens in China show it as GCJ-02. */
export const Position = Type.Object({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
})
export type Position = Static<typeof Position>

/** A 省市区 code (GB/T 2260); its prefix names the larger region: 3715 holds 371581. */
export const RegionCode = Type.String({ pattern: '^\\d{6}$', description: '省市区 code (GB/T 2260)' })
