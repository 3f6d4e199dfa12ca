import type { Shape } from '../../i18n/locale-shape.ts'
import type { tickets as zh } from '../zh/tickets.ts'

export const tickets: Shape<typeof zh> = {}
