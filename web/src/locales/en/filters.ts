import type { Shape } from '../../i18n/locale-shape.ts'
import type { filters as zh } from '../zh/filters.ts'

export const filters: Shape<typeof zh> = {
  more: 'Filters',
  sort: {
    none: 'Sort by {{column}}',
    descending: 'Sorted by {{column}}, descending; press for ascending',
    ascending: 'Sorted by {{column}}, ascending; press for the default order',
  },
}
