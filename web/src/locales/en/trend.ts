import type { Shape } from '../../i18n/locale-shape.ts'
import type { trend as zh } from '../zh/trend.ts'

export const trend: Shape<typeof zh> = {}
