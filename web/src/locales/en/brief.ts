import type { Shape } from '../../i18n/locale-shape.ts'
import type { brief as zh } from '../zh/brief.ts'

export const brief: Shape<typeof zh> = {}
