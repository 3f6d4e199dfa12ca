import { dingzhou } from './fleet/dingzhou-linqing.ts'
import { hongtuo } from './fleet/hongtuo-kunshan.ts'
import { lanke } from './fleet/lanke-suzhou.ts'
import { qipei } from './fleet/qipei-dongguan.ts'
import { runchang } from './fleet/runchang-liaocheng.ts'
import type { SiteSpec } from './fleet/spec.ts'
import { xiangyue } from './fleet/xiangyue-ningbo.ts'

/** The demonstration's machines: no two of the same age, duty or tolerances. */
export const fleet: readonly SiteSpec[] = [dingzhou, runchang, hongtuo, lanke, xiangyue, qipei]
