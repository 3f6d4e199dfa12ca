import type { Model } from '../fleet/spec.ts'
import { chiller } from './chiller.ts'
import { injectionMoulding } from './injection-moulding.ts'
import { machiningCentre } from './machining-centre.ts'
import type { SignalSpec } from './model.ts'
import { pump } from './pump.ts'
import { screwCompressor } from './screw-compressor.ts'

/** What each model measures. */
export const signalsOf: Readonly<Record<Model, readonly SignalSpec[]>> = {
  AC75: screwCompressor.signals,
  IM280: injectionMoulding.signals,
  VMC850: machiningCentre.signals,
  CH1000: chiller.signals,
  P100: pump.signals,
}
