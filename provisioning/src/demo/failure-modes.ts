import type { DemoFailureMode } from './failure-mode.ts'
import { chillerFailureModes } from './failure-modes-chiller.ts'
import { compressorFailureModes } from './failure-modes-compressor.ts'
import { injectionMoulderFailureModes } from './failure-modes-injection-moulder.ts'
import { machiningCentreFailureModes } from './failure-modes-machining-centre.ts'
import { pumpFailureModes } from './failure-modes-pump.ts'

/** The catalogue of every connected model. */
export const failureModes: readonly DemoFailureMode[] = [
  ...compressorFailureModes,
  ...injectionMoulderFailureModes,
  ...machiningCentreFailureModes,
  ...chillerFailureModes,
  ...pumpFailureModes,
]
