import { readdir, readFile } from 'node:fs/promises'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { Panel } from '../src/grafana/dashboard.ts'
import { dashboards, fileOf } from '../src/grafana/dashboards.ts'
import { limitOfPeak } from '../src/grafana/queries.ts'
import { queriesOf } from '../src/grafana/queries-of.ts'
import { DashboardSchema } from './dashboard-schema.ts'

const folder = new URL('../grafana/dashboards/', import.meta.url)

it('the committed files are what the generator makes: npm run grafana --workspace provisioning', async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  expect(files.toSorted()).toEqual(dashboards.map(fileOf).toSorted())
  for (const dashboard of dashboards) {
    const committed: unknown = JSON.parse(await readFile(new URL(fileOf(dashboard), folder), 'utf8'))
    expect(committed).toEqual(JSON.parse(JSON.stringify(dashboard)))
  }
})

it('holds the peak of an alarm against no limit but that of its level', () => {
  const texts = dashboards.flatMap((dashboard) =>
    queriesOf(dashboard).flatMap(({ query }) => ('rawSql' in query ? [query.rawSql] : [])),
  )
  const peaks = texts.filter((text) => text.includes('peak_value'))
  expect(peaks.length).toBeGreaterThan(0)
  for (const text of peaks) expect(text.replaceAll(limitOfPeak, '')).not.toContain('"limit"')
})

describe.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))('%s', (_, dashboard) => {
  const panels = dashboard.panels.flatMap((panel) => (panel.type === 'row' ? [panel, ...panel.panels] : [panel]))
  const names = dashboard.templating.list.map(({ name }) => name)

  it('is what the schema of its version allows', () => {
    const errors = [...Value.Errors(DashboardSchema, JSON.parse(JSON.stringify(dashboard)))]
    expect(errors.map((error) => `${'instancePath' in error ? error.instancePath : ''} ${error.message}`)).toEqual([])
  })

  it('is refused by that schema when a property is misspelt', () => {
    const [first, ...others] = dashboard.panels
    const misspelt = { ...dashboard, panels: [{ ...first, tittle: '' }, ...others] }
    expect(Value.Check(DashboardSchema, JSON.parse(JSON.stringify(misspelt)))).toBe(false)
  })

  it('numbers its panels once and lets none cover another', () => {
    const ids = panels.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
  })

  it('asks only with variables that it has, each after those that it depends on', () => {
    for (const { query, where } of queriesOf(dashboard)) {
      const text = 'rawSql' in query ? query.rawSql : query.query
      const used = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '')
      const place = where.kind === 'variable' ? names.indexOf(where.name) : names.length
      for (const name of used) expect([where, names.slice(0, place)]).toEqual([where, expect.arrayContaining([name])])
    }
    const linked = [...JSON.stringify(dashboard).matchAll(/\$\{(\w+):(?:raw|text)\}/g)].map(([, name]) => name)
    expect(names).toEqual(expect.arrayContaining(linked))
  })

  it('has a Chinese title and an English description on every panel', () => {
    for (const panel of panels.filter((each): each is Panel => each.type !== 'row' && each.repeat === undefined)) {
      expect(panel.title).toMatch(/\p{Script=Han}/u)
      expect(panel.description).toMatch(/^[A-Z][\x20-\x7e’;]+$/)
    }
  })

  it('gives every query of a panel a letter of its own', () => {
    for (const panel of panels) {
      if (panel.type === 'row') continue
      const letters = panel.targets.map(({ refId }) => refId)
      expect(new Set(letters).size).toBe(letters.length)
    }
  })

  it('needs no editing: nothing in it names a place of one installation', () => {
    expect(JSON.stringify(dashboard)).not.toMatch(/https?:|localhost|127\.0\.0\.1|[0-9a-f]{8}-[0-9a-f]{4}-/)
  })
})
