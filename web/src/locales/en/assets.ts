import type { Shape } from '../../i18n/locale-shape.ts'
import type { assets as zh } from '../zh/assets.ts'

export const assets: Shape<typeof zh> = {}
