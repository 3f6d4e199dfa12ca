import type { Shape } from '../../i18n/locale-shape.ts'
import type { gateways as zh } from '../zh/gateways.ts'

export const gateways: Shape<typeof zh> = {}
