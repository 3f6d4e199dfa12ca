import type { Shape } from '../../i18n/locale-shape.ts'
import type { audit as zh } from '../zh/audit.ts'

export const audit: Shape<typeof zh> = {}
