import { assets } from './zh/assets.ts'
import { common } from './zh/common.ts'
import { overview } from './zh/overview.ts'
import { session } from './zh/session.ts'
import { shell } from './zh/shell.ts'
import { trend } from './zh/trend.ts'

/** Chinese, by namespace; the shape that English must follow. */
export const zh = { common, shell, session, overview, assets, trend } as const
