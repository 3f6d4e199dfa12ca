import type { Shape } from '../../i18n/locale-shape.ts'
import type { rules as zh } from '../zh/rules.ts'

export const rules: Shape<typeof zh> = {
  hint: 'Rules judge every reading. Their version is kept with the evidence; a change never touches existing tickets.',
  search: 'Model',

  oneAsset: 'One asset only',
  column: {
    watch: 'Watches',
    points: 'Points to',
    clears: 'Clears when',
    looksAway: 'Looks away',
    version: 'Version',
  },
  clears: '{{band}} back inside the limit for {{time}}',
  clearsAtOnce: '{{band}} back inside the limit',
  startup: 'for {{time}} after a start',
  stopped: 'while stopped',
  always: 'Never',
  separator: ', ',
  version: 'v{{version}}',
  changed: 'changed {{day}}',
  disabled: 'Disabled',
  none: 'No rules',
  noneHint: 'Without rules no machine raises a ticket by itself.',
}
