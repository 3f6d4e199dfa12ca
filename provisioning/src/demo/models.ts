import { chiller } from './model-chiller.ts'
import { screwCompressor } from './model-compressor.ts'
import { injectionMoulder } from './model-injection-moulder.ts'
import { machiningCentre } from './model-machining-centre.ts'
import { pump } from './model-pump.ts'
import type { DemoModel } from './model.ts'

/** Every connected model of 沃衡装备. */
export const models: readonly DemoModel[] = [screwCompressor, injectionMoulder, machiningCentre, chiller, pump]
