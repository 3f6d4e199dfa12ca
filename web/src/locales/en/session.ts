import type { Shape } from '../../i18n/locale-shape.ts'
import type { session as zh } from '../zh/session.ts'

export const session: Shape<typeof zh> = {}
