import type { Shape } from '../../i18n/locale-shape.ts'
import type { alarms as zh } from '../zh/alarms.ts'

export const alarms: Shape<typeof zh> = {}
