import type { Shape } from '../../i18n/locale-shape.ts'
import type { shell as zh } from '../zh/shell.ts'

export const shell: Shape<typeof zh> = {
  skip: 'Skip to content',
  navigation: 'Main navigation',
  menu: 'Menu',
  collapse: 'Collapse navigation',
  expand: 'Expand navigation',
  pages: {
    overview: 'Overview',
    assets: 'Assets',
    alarms: 'Alarms',
    tickets: 'Tickets',
    parts: 'Parts',
    customers: 'Customers',
    rules: 'Rules',
    gateways: 'Gateways',
    audit: 'Audit',
  },
  search: {
    open: 'Search assets, tickets, customers, parts',
    placeholder: 'Name, serial, ticket number…',
    pages: 'Pages',
    none: 'Nothing found for “{{q}}”',
    noneHint: 'Try another word, or the complete number.',
    onHand: '{{quantity}} {{unit}} in stock',
    keys: '↑↓ choose · ↵ open · Esc close',
    results_one: '{{count}} result',
    results_other: '{{count}} results',
  },
  preferences: {
    language: 'Language',
    theme: 'Appearance',
    density: 'Density',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
  },
  user: {
    menu: 'Account and preferences',
    signOut: 'Sign out',
    demo: 'Demonstration',
  },
  live: {
    open: 'Live connection is up',
    connecting: 'Connecting…',
    waiting: 'The live connection is down and reconnecting; values on screen may be out of date',
    short: { open: 'Live', connecting: 'Connecting', waiting: 'Disconnected' },
  },
  notFound: {
    title: 'There is no such page',
    hint: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the overview',
  },
}
