import type { Shape } from '../i18n/locale-shape.ts'
import { assets } from './en/assets.ts'
import { common } from './en/common.ts'
import { overview } from './en/overview.ts'
import { session } from './en/session.ts'
import { shell } from './en/shell.ts'
import { trend } from './en/trend.ts'
import type { zh } from './zh.ts'

export const en: Shape<typeof zh> = { common, shell, session, overview, assets, trend }
