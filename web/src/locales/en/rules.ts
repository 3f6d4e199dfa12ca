import type { Shape } from '../../i18n/locale-shape.ts'
import type { rules as zh } from '../zh/rules.ts'

export const rules: Shape<typeof zh> = {}
