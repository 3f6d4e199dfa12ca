import type { DataLink, FieldConfig, Override, PanelContent, Query, Transformation } from './dashboard.ts'
import { mixed, postgresql } from './queries.ts'
import { colours, mapping, type stateWords } from './words.ts'

type Words = Readonly<Record<string, (typeof stateWords)['running']>>

interface Head {
  /** Chinese, as it stands above the panel. */
  readonly title: string
  /** English, behind its information sign. */
  readonly description: string
}

interface StatOptions extends Head {
  readonly target: Query
  readonly overrides: readonly Override[]
  readonly decimals?: number
}

/** One figure for each column of one row. */
export function stat({ title, description, target, overrides, decimals = 0 }: StatOptions): PanelContent {
  return {
    type: 'stat',
    title,
    description,
    datasource: postgresql,
    targets: [target],
    fieldConfig: { defaults: { decimals, noValue: '–', color: fixed(colours.none) }, overrides },
    options: {
      colorMode: 'value',
      graphMode: 'none',
      justifyMode: 'center',
      orientation: 'vertical',
      textMode: 'value_and_name',
      wideLayout: true,
      reduceOptions: { calcs: ['lastNotNull'], fields: '/.*/', values: false },
    },
  }
}

interface PieOptions extends Head {
  readonly target: Query
  readonly words: Words
}

/** Shares of a whole: one slice for each column of one row. */
export function pie({ title, description, target, words }: PieOptions): PanelContent {
  return {
    type: 'piechart',
    title,
    description,
    datasource: postgresql,
    targets: [target],
    fieldConfig: { defaults: { decimals: 0, noValue: '–' }, overrides: colourOfWords(words) },
    options: {
      pieType: 'donut',
      displayLabels: ['value'],
      legend: { displayMode: 'table', placement: 'right', showLegend: true, values: ['value'] },
      reduceOptions: { calcs: ['lastNotNull'], fields: '/.*/', values: false },
      tooltip: { mode: 'single', sort: 'none' },
    },
  }
}

interface TableOptions extends Head {
  readonly target: Query
  readonly overrides: readonly Override[]
  readonly sortBy?: string
  readonly descending?: boolean
}

export function list({
  title,
  description,
  target,
  overrides,
  sortBy,
  descending = false,
}: TableOptions): PanelContent {
  return {
    type: 'table',
    title,
    description,
    datasource: postgresql,
    targets: [target],
    fieldConfig: {
      defaults: { noValue: '–', custom: { align: 'auto', cellOptions: { type: 'auto' }, filterable: true } },
      overrides,
    },
    options: {
      cellHeight: 'sm',
      showHeader: true,
      footer: { show: false, countRows: false, fields: '', reducer: ['sum'] },
      ...(sortBy !== undefined && { sortBy: [{ displayName: sortBy, desc: descending }] }),
    },
  }
}

interface BarsOptions extends Head {
  readonly target: Query
  readonly overrides: readonly Override[]
  readonly interval: string
  readonly isStacked?: boolean
}

/** Counts over time. */
export function bars({ title, description, target, overrides, interval, isStacked = true }: BarsOptions): PanelContent {
  return {
    type: 'timeseries',
    title,
    description,
    datasource: target.datasource,
    targets: [target],
    interval,
    fieldConfig: {
      defaults: {
        decimals: 0,
        min: 0,
        noValue: '–',
        color: { mode: 'palette-classic' },
        custom: {
          drawStyle: 'bars',
          barAlignment: 1,
          barWidthFactor: 0.9,
          fillOpacity: 80,
          lineWidth: 0,
          stacking: { mode: isStacked ? 'normal' : 'none', group: 'A' },
        },
      },
      overrides,
    },
    options: {
      ...seriesOptions,
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: ['sum'] },
    },
  }
}

interface TrendOptions extends Head {
  readonly targets: readonly Query[]
  readonly defaults: FieldConfig
  readonly overrides: readonly Override[]
  readonly transformations: readonly Transformation[]
  readonly interval: string
  readonly repeat: string
}

/** A trend with lines of its own from elsewhere, once for each value of a variable. */
export function trends({ title, description, repeat, ...content }: TrendOptions): PanelContent {
  const { targets, defaults, overrides, transformations, interval } = content
  return {
    type: 'timeseries',
    title,
    description,
    datasource: mixed,
    targets,
    transformations,
    interval,
    repeat,
    repeatDirection: 'h',
    maxPerRow: 2,
    fieldConfig: { defaults, overrides },
    options: { ...seriesOptions, legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] } },
  }
}

interface TimelineOptions extends Head {
  readonly target: Query
  readonly interval: string
  readonly words?: Words
  /** Once for each value of this variable. */
  readonly repeat?: string
}

/** Which state held when. */
export function timeline({ title, description, target, interval, words, repeat }: TimelineOptions): PanelContent {
  return {
    ...(repeat !== undefined && { repeat, repeatDirection: 'v' as const }),
    type: 'state-timeline',
    title,
    description,
    datasource: target.datasource,
    targets: [target],
    interval,
    fieldConfig: {
      defaults: {
        noValue: '–',
        color: { mode: words ? 'thresholds' : 'palette-classic' },
        mappings: words ? [mapping(words)] : [],
        custom: { fillOpacity: 75, lineWidth: 0, insertNulls: false, spanNulls: longestSilenceMs },
      },
      overrides: [],
    },
    options: {
      alignValue: 'left',
      mergeValues: true,
      rowHeight: 0.9,
      showValue: 'auto',
      legend: { displayMode: 'list', placement: 'bottom', showLegend: false },
      tooltip: { mode: 'single', sort: 'none' },
    },
  }
}

/** Lines go on over gaps up to this long: machines report at least every few minutes. */
export const longestSilenceMs = 15 * 60_000

const seriesOptions = { tooltip: { mode: 'multi', sort: 'none' } }

export const fixed = (fixedColor: string): NonNullable<FieldConfig['color']> => ({ mode: 'fixed', fixedColor })

/** What holds for one column or series. */
export const forField = (options: string, properties: Readonly<Record<string, unknown>>): Override => ({
  matcher: { id: 'byName', options },
  properties: Object.entries(properties).map(([id, value]) => ({ id, value })),
})

export const colourOf = (name: string, colour: string) => forField(name, { color: fixed(colour) })

/** Every word as a series or column in its colour. */
export const colourOfWords = (words: Words) => Object.values(words).map(([text, colour]) => colourOf(text, colour))

/** A column of codes, shown as words on their colours. */
export const wordColumn = (name: string, words: Words, width?: number) =>
  forField(name, {
    mappings: [mapping(words)],
    'custom.cellOptions': { type: 'color-text' },
    ...(width !== undefined && { 'custom.width': width }),
  })

export const hiddenColumn = (name: string) => forField(name, { 'custom.hidden': true })

export const timeColumn = (name: string) => forField(name, { unit: 'dateTimeAsLocal', 'custom.width': 170 })

export const linkColumn = (name: string, link: DataLink, width?: number) =>
  forField(name, { links: [link], ...(width !== undefined && { 'custom.width': width }) })

/** A count that is grey at none and coloured from one on. */
export const countColumn = (name: string, colour: string) =>
  forField(name, {
    thresholds: {
      mode: 'absolute',
      steps: [
        { value: null, color: colours.none },
        { value: 1, color: colour },
      ],
    },
    'custom.cellOptions': { type: 'color-text' },
    'custom.width': 100,
  })

/** A figure that is green at none and coloured from one on. */
export const goodAtNone = (name: string, colour: string) =>
  forField(name, {
    color: { mode: 'thresholds' },
    thresholds: {
      mode: 'absolute',
      steps: [
        { value: null, color: colours.ok },
        { value: 1, color: colour },
      ],
    },
  })
