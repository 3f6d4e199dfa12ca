import type { DemoAsset } from './asset.ts'
import { compressors } from './assets-compressors.ts'
import { pumps } from './assets-pumps.ts'

/** The connected machines. */
export const assets: readonly DemoAsset[] = [...compressors, ...pumps]
