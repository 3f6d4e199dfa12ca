import type { Shape } from '../../i18n/locale-shape.ts'
import type { parts as zh } from '../zh/parts.ts'

export const parts: Shape<typeof zh> = {}
