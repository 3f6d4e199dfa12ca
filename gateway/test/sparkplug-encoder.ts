import sparkplug from 'sparkplug-payload'

const codec = sparkplug.get('spBv1.0')
if (!codec) throw new Error('sparkplug-payload does not know Sparkplug B')

export type EncodedPayload = Parameters<typeof codec.encodePayload>[0]
export type EncodedMetric = NonNullable<EncodedPayload['metrics']>[number]

/** The encoder of Eclipse Tahu. */
export const encode = (payload: EncodedPayload): Buffer => Buffer.from(codec.encodePayload(payload))
/** The decoder of Eclipse Tahu, to read what we send. */
export const decodeWithTahu = (bytes: Uint8Array): EncodedPayload => codec.decodePayload(bytes)
