import type { Shape } from '../../i18n/locale-shape.ts'
import type { customers as zh } from '../zh/customers.ts'

export const customers: Shape<typeof zh> = {}
