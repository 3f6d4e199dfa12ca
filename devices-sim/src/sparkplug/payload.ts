import sparkplug from 'sparkplug-payload'
import type { UMetric } from 'sparkplug-payload/lib/sparkplugbpayload.js'

export type Metric = UMetric

const found = sparkplug.get('spBv1.0')
if (!found) throw new Error('sparkplug-payload does not know spBv1.0')

/** The encoder of Eclipse Tahu, where Sparkplug comes from. */
export const { encodePayload, decodePayload } = found
