import type { Shape } from '../../i18n/locale-shape.ts'
import type { lists as zh } from '../zh/lists.ts'

export const lists: Shape<typeof zh> = {
  tools: 'Views and export',
  views: {
    button: 'Views',
    label: 'Saved views',
    default: 'Default view',
    current: 'current',
    none: 'Keep filters, order and columns you often need as a view, and come back with one press.',
    save: 'Save this view',
    name: 'Name of the view',
    nameMissing: 'Give the view a name',
    confirm: 'Save',
    taken: 'There is a view “{{name}}” already. Replace it with what is shown now?',
    replace: 'Replace',
    delete: 'Delete the view “{{name}}”',
    deleted: 'Deleted “{{name}}”',
    undo: 'Undo',
  },
  columns: {
    button: 'Columns',
    label: 'Columns to show',
    reset: 'Show all',
    always: '{{name}} (always shown)',
  },
  export: {
    button: 'Export',
    preparing: 'Preparing the export…',
    running: 'Exporting {{name}}',
    rows: '{{rows}} rows written',
    rowsOf: '{{rows}} of about {{total}} rows written',
    progress: 'Progress of the export',
    cancel: 'Cancel export',
    done: '{{name}} exported',
    saved: '{{rows}} rows, saved as {{file}}',
    cancelled: 'Export cancelled',
    nothingSaved: 'No file was kept.',
    failed: 'Could not export {{name}}',
  },
}
