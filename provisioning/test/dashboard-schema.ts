import { Type, type TProperties } from 'typebox'

/**
 * What Grafana publishes about the JSON of a dashboard of schema version 41 (its kind `dashboard` and the kinds of the panels that we
 * use, as `grafana-foundation-sdk` gives them as JSON Schema), transcribed as far as we use it and closed, so that a misspelt
 * property fails. Where the published schema is narrower than what Grafana itself writes, the comment says so.
 */
const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })
const partly = <T extends TProperties>(properties: T) => Type.Partial(closed(properties))
const one = (...values: (string | number | boolean)[]) => Type.Union(values.map((value) => Type.Literal(value)))
const Anything = Type.Unknown()
const Options = Type.Record(Type.String(), Anything)
const Texts = Type.Array(Type.String())

const DataSourceRef = closed({ type: Type.String({ minLength: 1 }), uid: Type.String({ minLength: 1 }) })

const InfluxTarget = closed({
  refId: Type.String({ minLength: 1 }),
  datasource: DataSourceRef,
  query: Type.String({ minLength: 1 }),
  rawQuery: Type.Literal(true),
  resultFormat: one('time_series', 'table', 'logs'),
  alias: Type.Optional(Type.String()),
})
const SqlTarget = closed({
  refId: Type.String({ minLength: 1 }),
  datasource: DataSourceRef,
  rawSql: Type.String({ minLength: 1 }),
  rawQuery: Type.Literal(true),
  editorMode: one('code', 'builder'),
  format: one('table', 'time_series'),
})
const Target = Type.Union([InfluxTarget, SqlTarget])

const Colour = closed({
  mode: one('thresholds', 'palette-classic', 'palette-classic-by-name', 'continuous-GrYlRd', 'fixed', 'shades'),
  fixedColor: Type.Optional(Type.String()),
})
const Thresholds = closed({
  mode: one('absolute', 'percentage'),
  // Published as a number; -Infinity of the first step is written as null.
  steps: Type.Array(closed({ value: Type.Union([Type.Number(), Type.Null()]), color: Type.String() }), { minItems: 1 }),
})
const ValueMapping = closed({
  type: Type.Literal('value'),
  options: Type.Record(Type.String(), partly({ text: Type.String(), color: Type.String(), index: Type.Integer() })),
})
const DataLink = closed({ title: Type.String(), url: Type.String(), targetBlank: Type.Boolean() })

const HideFrom = closed({ legend: Type.Boolean(), tooltip: Type.Boolean(), viz: Type.Boolean() })
const custom = {
  drawStyle: one('line', 'bars', 'points'),
  lineInterpolation: one('linear', 'smooth', 'stepBefore', 'stepAfter'),
  lineStyle: closed({ fill: one('solid', 'dash', 'dot', 'square'), dash: Type.Optional(Type.Array(Type.Number())) }),
  lineWidth: Type.Number({ minimum: 0 }),
  fillOpacity: Type.Number({ minimum: 0, maximum: 100 }),
  fillBelowTo: Type.String(),
  showPoints: one('auto', 'never', 'always'),
  pointSize: Type.Number(),
  // A number is the longest gap in ms over which the line goes on.
  spanNulls: Type.Union([Type.Boolean(), Type.Number()]),
  insertNulls: Type.Union([Type.Boolean(), Type.Number()]),
  barAlignment: one(-1, 0, 1),
  barWidthFactor: Type.Number(),
  stacking: closed({ mode: one('none', 'normal', 'percent'), group: Type.String() }),
  hideFrom: HideFrom,
  align: one('auto', 'left', 'center', 'right'),
  cellOptions: closed({ type: one('auto', 'color-text', 'color-background') }),
  filterable: Type.Boolean(),
  hidden: Type.Boolean(),
  width: Type.Number(),
  minWidth: Type.Number(),
}
const ownConfig = {
  displayName: Type.String(),
  unit: Type.String(),
  decimals: Type.Integer({ minimum: 0, maximum: 15 }),
  min: Type.Number(),
  max: Type.Number(),
  noValue: Type.String(),
  color: Colour,
  thresholds: Thresholds,
  mappings: Type.Array(ValueMapping),
  links: Type.Array(DataLink),
}
const FieldConfig = partly({ ...ownConfig, custom: partly(custom) })

/** An override names one property of the configuration above; each is checked as that property is. */
const ofCustom = Object.entries(custom).map(([name, value]) => closed({ id: Type.Literal(`custom.${name}`), value }))
const ofConfig = Object.entries(ownConfig).map(([name, value]) => closed({ id: Type.Literal(name), value }))
const Override = closed({
  matcher: closed({ id: one('byName', 'byRegexp', 'byType'), options: Type.String() }),
  properties: Type.Array(Type.Union([...ofCustom, ...ofConfig]), { minItems: 1 }),
})

const Reduce = closed({ calcs: Texts, fields: Type.String(), values: Type.Boolean() })
const Legend = closed({
  displayMode: one('list', 'table', 'hidden'),
  placement: one('bottom', 'right'),
  showLegend: Type.Boolean(),
  calcs: Type.Optional(Texts),
  values: Type.Optional(Type.Array(one('percent', 'value'))),
})
const Tooltip = closed({ mode: one('single', 'multi', 'none'), sort: one('asc', 'desc', 'none') })

const panelOptions = {
  stat: closed({
    colorMode: one('value', 'background', 'background_solid', 'none'),
    graphMode: one('none', 'line', 'area'),
    justifyMode: one('auto', 'center'),
    orientation: one('auto', 'vertical', 'horizontal'),
    textMode: one('auto', 'value', 'value_and_name', 'name', 'none'),
    wideLayout: Type.Boolean(),
    reduceOptions: Reduce,
  }),
  piechart: closed({
    pieType: one('pie', 'donut'),
    displayLabels: Type.Array(one('name', 'value', 'percent')),
    legend: Legend,
    reduceOptions: Reduce,
    tooltip: Tooltip,
  }),
  table: closed({
    cellHeight: one('sm', 'md', 'lg', 'auto'),
    showHeader: Type.Boolean(),
    footer: closed({ show: Type.Boolean(), countRows: Type.Boolean(), fields: Type.String(), reducer: Texts }),
    sortBy: Type.Optional(Type.Array(closed({ displayName: Type.String(), desc: Type.Boolean() }))),
  }),
  timeseries: closed({ legend: Legend, tooltip: Tooltip }),
  'state-timeline': closed({
    alignValue: one('center', 'left', 'right'),
    mergeValues: Type.Boolean(),
    rowHeight: Type.Number({ minimum: 0, maximum: 1 }),
    showValue: one('auto', 'always', 'never'),
    legend: Legend,
    tooltip: Tooltip,
  }),
}

const GridPos = closed({
  h: Type.Integer({ minimum: 1 }),
  w: Type.Integer({ minimum: 1, maximum: 24 }),
  x: Type.Integer({ minimum: 0, maximum: 23 }),
  y: Type.Integer({ minimum: 0 }),
})

const ofType = (type: keyof typeof panelOptions) =>
  closed({
    type: Type.Literal(type),
    id: Type.Integer({ minimum: 1 }),
    title: Type.String({ minLength: 1 }),
    description: Type.String({ minLength: 1 }),
    datasource: DataSourceRef,
    gridPos: GridPos,
    targets: Type.Array(Target, { minItems: 1 }),
    options: panelOptions[type],
    fieldConfig: closed({ defaults: FieldConfig, overrides: Type.Array(Override) }),
    transformations: Type.Optional(Type.Array(closed({ id: Type.String(), options: Options }))),
    interval: Type.Optional(Type.String({ pattern: '^\\d+(ms|s|m|h|d)$' })),
    repeat: Type.Optional(Type.String()),
    repeatDirection: Type.Optional(one('h', 'v')),
    maxPerRow: Type.Optional(Type.Integer()),
  })
const Panel = Type.Union([
  ofType('stat'),
  ofType('piechart'),
  ofType('table'),
  ofType('timeseries'),
  ofType('state-timeline'),
])
const Row = closed({
  type: Type.Literal('row'),
  id: Type.Integer({ minimum: 1 }),
  title: Type.String({ minLength: 1 }),
  collapsed: Type.Boolean(),
  gridPos: GridPos,
  panels: Type.Array(Panel),
})

const Variable = closed({
  type: one('query', 'adhoc', 'constant', 'datasource', 'interval', 'textbox', 'custom', 'system'),
  name: Type.String({ pattern: '^\\w+$' }),
  label: Type.String(),
  description: Type.String(),
  datasource: DataSourceRef,
  query: SqlTarget,
  definition: Type.String(),
  refresh: one(0, 1, 2),
  sort: one(0, 1, 2, 3, 4, 5, 6, 7, 8),
  multi: Type.Boolean(),
  includeAll: Type.Boolean(),
  hide: one(0, 1, 2),
  regex: Type.String(),
  skipUrlSync: Type.Boolean(),
  options: Type.Array(Anything),
  // Published with both; Grafana itself writes an empty object before the first choice.
  current: partly({ text: Type.Union([Type.String(), Texts]), value: Type.Union([Type.String(), Texts]) }),
})

const Annotation = closed({
  name: Type.String(),
  datasource: DataSourceRef,
  enable: Type.Boolean(),
  hide: Type.Boolean(),
  iconColor: Type.String(),
  // Published as that of Grafana's own annotations, and open: a data source puts its query here.
  target: SqlTarget,
})

const Link = closed({
  title: Type.String(),
  type: one('link', 'dashboards'),
  icon: Type.String(),
  tooltip: Type.String(),
  url: Type.String(),
  tags: Texts,
  asDropdown: Type.Boolean(),
  targetBlank: Type.Boolean(),
  includeVars: Type.Boolean(),
  keepTime: Type.Boolean(),
})

export const DashboardSchema = closed({
  uid: Type.String({ pattern: '^[A-Za-z0-9_-]{8,40}$' }),
  title: Type.String({ minLength: 1 }),
  description: Type.String(),
  tags: Texts,
  schemaVersion: Type.Literal(41),
  version: Type.Integer(),
  timezone: Type.String(),
  weekStart: Type.String(),
  editable: Type.Boolean(),
  graphTooltip: one(0, 1, 2),
  refresh: Type.String(),
  time: closed({ from: Type.String(), to: Type.String() }),
  templating: closed({ list: Type.Array(Variable) }),
  annotations: closed({ list: Type.Array(Annotation) }),
  links: Type.Array(Link),
  panels: Type.Array(Type.Union([Panel, Row])),
})
