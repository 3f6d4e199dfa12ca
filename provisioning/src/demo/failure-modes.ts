import type { DemoFailureMode } from './failure-mode.ts'
import { compressorFailureModes } from './failure-modes-compressor.ts'
import { pumpFailureModes } from './failure-modes-pump.ts'

/** The catalogue of every connected model. */
export const failureModes: readonly DemoFailureMode[] = [...compressorFailureModes, ...pumpFailureModes]
