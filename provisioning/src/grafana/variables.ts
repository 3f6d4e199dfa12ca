import type { Variable } from './dashboard.ts'
import { postgresql, table } from './queries.ts'

interface VariableOptions {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly sql: string
  /** Several may be chosen, and all of them are at first. */
  readonly many?: boolean
  readonly hidden?: boolean
}

function variable({ name, label, description, sql, many = false, hidden = false }: VariableOptions): Variable {
  const query = table(`variable-${name}`, sql)
  return {
    type: 'query',
    name,
    label,
    description,
    datasource: postgresql,
    query,
    definition: query.rawSql,
    refresh: 1,
    sort: 0,
    multi: many,
    includeAll: many,
    hide: hidden ? 2 : 0,
    regex: '',
    skipUrlSync: hidden,
    options: [],
    current: many ? { text: ['All'], value: ['$__all'] } : {},
  }
}

/** Grafana keeps one of several options of the same text, so a text that is there twice names its key as well. */
const distinctText = (text: string, key: string) =>
  `case when count(*) over (partition by ${text}) > 1 then ${text} || ' ' || ${key} else ${text} end as __text`

/** Values are compared as text, so that an empty choice finds nothing instead of failing. */
export const chosen = (column: string, name: string) => `${column}::text = any(array[\${${name}:sqlstring}]::text[])`

const customer = variable({
  name: 'customer',
  label: '客户',
  description: 'Customers',
  many: true,
  sql: `
    select ${distinctText('name', 'key')}, id as __value
      from dashboards.customers
     order by 1`,
})

const site = variable({
  name: 'site',
  label: '现场',
  description: 'Sites of the customers chosen',
  many: true,
  sql: `
    select ${distinctText('s.name', 'c.name')}, s.id as __value
      from dashboards.sites s
      join dashboards.customers c on c.id = s.customer_id
     where ${chosen('s.customer_id', 'customer')}
     order by 1`,
})

const model = variable({
  name: 'model',
  label: '机型',
  description: 'Models that stand at these sites',
  many: true,
  sql: `
    select distinct model_key || ' ' || model as __text, model_id as __value
      from dashboards.machines
     where ${chosen('site_id', 'site')}
     order by 1`,
})

const machineSql = `
    select key || ' ' || name as __text, id as __value
      from dashboards.machines
     where ${chosen('site_id', 'site')}
       and ${chosen('model_id', 'model')}
     order by 1`

/** Where people reach Fettle, as the organisation of the login says. */
const fettle = variable({
  name: 'fettle',
  label: 'Fettle',
  description: 'Address of Fettle, for links',
  hidden: true,
  sql: 'select url as __text, url as __value from dashboards.platform',
})

const selection = [customer, site, model] as const

export const fleetVariables: readonly Variable[] = [
  fettle,
  ...selection,
  variable({ name: 'machine', label: '设备', description: 'Machines', many: true, sql: machineSql }),
]

export const assetVariables: readonly Variable[] = [
  fettle,
  ...selection,
  variable({ name: 'machine', label: '设备', description: 'One machine', sql: machineSql }),
  variable({
    name: 'signal',
    label: '测点',
    description: 'Signals whose trends are shown',
    many: true,
    sql: `
    select ${distinctText('name', 'key')}, id as __value
      from dashboards.signals
     where machine_id::text = \${machine:sqlstring} and kind = 'number' and not is_run_state
     order by headline nulls last, key`,
  }),
  variable({
    name: 'run_state',
    label: '运行状态测点',
    description: 'The signal that tells whether it runs',
    hidden: true,
    sql: `
    select name as __text, id as __value
      from dashboards.signals
     where machine_id::text = \${machine:sqlstring} and is_run_state`,
  }),
  variable({
    name: 'text_signal',
    label: '文本测点',
    description: 'Signals of texts',
    many: true,
    hidden: true,
    sql: `
    select ${distinctText('name', 'key')}, id as __value
      from dashboards.signals
     where machine_id::text = \${machine:sqlstring} and kind = 'text'
     order by key`,
  }),
]
