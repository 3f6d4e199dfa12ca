import type { Shape } from '../../i18n/locale-shape.ts'
import type { overview as zh } from '../zh/overview.ts'

export const overview: Shape<typeof zh> = {}
