/**
 * The part of Grafana's dashboard JSON that we write, in the shape of the schema version below (Grafana 12; its published kind is
 * transcribed in test/dashboard-schema.ts). Names are Grafana's.
 */
export const schemaVersion = 41

export interface DataSourceRef {
  readonly type: string
  readonly uid: string
}

/** InfluxQL as Grafana's InfluxDB data source takes it, always as text. */
export interface InfluxQuery {
  readonly refId: string
  readonly datasource: DataSourceRef
  readonly query: string
  readonly rawQuery: true
  readonly resultFormat: 'time_series' | 'table'
  /** How series are called: `$col` for the column, `$tag_name` for a tag. */
  readonly alias?: string
}

export interface SqlQuery {
  readonly refId: string
  readonly datasource: DataSourceRef
  readonly rawSql: string
  readonly rawQuery: true
  readonly editorMode: 'code'
  readonly format: 'table' | 'time_series'
}

export type Query = InfluxQuery | SqlQuery

export interface ValueMapping {
  readonly type: 'value'
  readonly options: Readonly<Record<string, { readonly text: string; readonly color: string; readonly index: number }>>
}

export interface Thresholds {
  readonly mode: 'absolute'
  /** Ascending; the first value is null, which means from the bottom. */
  readonly steps: readonly { readonly value: number | null; readonly color: string }[]
}

export interface FieldConfig {
  readonly displayName?: string
  readonly unit?: string
  readonly decimals?: number
  readonly min?: number
  readonly max?: number
  readonly noValue?: string
  readonly color?: { readonly mode: 'fixed' | 'thresholds' | 'palette-classic'; readonly fixedColor?: string }
  readonly thresholds?: Thresholds
  readonly mappings?: readonly ValueMapping[]
  readonly links?: readonly DataLink[]
  /** Of the panel's plugin. */
  readonly custom?: Readonly<Record<string, unknown>>
}

export interface DataLink {
  readonly title: string
  readonly url: string
  readonly targetBlank: boolean
}

export interface Override {
  readonly matcher: { readonly id: 'byName' | 'byRegexp'; readonly options: string }
  readonly properties: readonly { readonly id: string; readonly value: unknown }[]
}

export interface Transformation {
  readonly id: string
  readonly options: Readonly<Record<string, unknown>>
}

export interface GridPos {
  readonly h: number
  readonly w: number
  readonly x: number
  readonly y: number
}

/** A panel before it has its place. */
export interface PanelContent {
  readonly type: 'stat' | 'timeseries' | 'table' | 'state-timeline' | 'piechart'
  readonly title: string
  readonly description: string
  readonly datasource: DataSourceRef
  readonly targets: readonly Query[]
  readonly fieldConfig: { readonly defaults: FieldConfig; readonly overrides: readonly Override[] }
  readonly options: Readonly<Record<string, unknown>>
  readonly transformations?: readonly Transformation[]
  /** Shortest `$__interval`. */
  readonly interval?: string
  /** Once for each value of this variable. */
  readonly repeat?: string
  readonly repeatDirection?: 'h' | 'v'
  readonly maxPerRow?: number
}

export interface Panel extends PanelContent {
  readonly id: number
  readonly gridPos: GridPos
}

export interface RowPanel {
  readonly type: 'row'
  readonly id: number
  readonly title: string
  readonly collapsed: boolean
  readonly gridPos: GridPos
  /** Those that a collapsed row hides. */
  readonly panels: readonly Panel[]
}

/** Asked of PostgreSQL when the dashboard opens; columns `__text`, which must be unique, and `__value`. */
export interface Variable {
  readonly type: 'query'
  readonly name: string
  readonly label: string
  readonly description: string
  readonly datasource: DataSourceRef
  readonly query: SqlQuery
  readonly definition: string
  readonly refresh: 1 | 2
  readonly sort: 0
  readonly multi: boolean
  readonly includeAll: boolean
  /** 0 shown, 2 hidden. */
  readonly hide: 0 | 2
  readonly regex: ''
  readonly skipUrlSync: boolean
  readonly options: readonly []
  readonly current:
    | { readonly text: string | readonly string[]; readonly value: string | readonly string[] }
    | Readonly<Record<string, never>>
}

/** Columns `time`, `timeEnd` where it is a region, `text` and `tags`. */
export interface Annotation {
  readonly name: string
  readonly datasource: DataSourceRef
  readonly enable: true
  readonly hide: false
  readonly iconColor: string
  readonly target: SqlQuery
}

export interface DashboardLink {
  readonly title: string
  readonly type: 'link' | 'dashboards'
  readonly icon: string
  readonly tooltip: string
  readonly url: string
  readonly tags: readonly string[]
  readonly asDropdown: boolean
  readonly targetBlank: boolean
  readonly includeVars: boolean
  readonly keepTime: boolean
}

export interface Dashboard {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly schemaVersion: typeof schemaVersion
  readonly version: 1
  readonly timezone: 'browser'
  readonly weekStart: 'monday'
  readonly editable: false
  readonly graphTooltip: 1
  readonly refresh: string
  readonly time: { readonly from: string; readonly to: 'now' }
  readonly templating: { readonly list: readonly Variable[] }
  readonly annotations: { readonly list: readonly Annotation[] }
  readonly links: readonly DashboardLink[]
  readonly panels: readonly (Panel | RowPanel)[]
}
