import type { DemoAsset } from './asset.ts'
import { chillers } from './assets-chillers.ts'
import { compressors } from './assets-compressors.ts'
import { injectionMoulders } from './assets-injection-moulders.ts'
import { machiningCentres } from './assets-machining-centres.ts'
import { pumps } from './assets-pumps.ts'

/** The eighteen connected machines. */
export const assets: readonly DemoAsset[] = [
  ...compressors,
  ...machiningCentres,
  ...injectionMoulders,
  ...chillers,
  ...pumps,
]
