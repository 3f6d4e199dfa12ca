import type { Dashboard, Panel, Query } from './dashboard.ts'

/** Where in a dashboard a query is asked. */
export type Where =
  | { readonly kind: 'variable'; readonly name: string; readonly many: boolean }
  | { readonly kind: 'annotation'; readonly name: string }
  | { readonly kind: 'panel'; readonly name: string; readonly interval?: string; readonly repeat?: string }

export interface AskedQuery {
  readonly where: Where
  readonly query: Query
}

/** Every query of a dashboard, in the order in which Grafana needs them: variables first, each after those it depends on. */
export function queriesOf({ templating, annotations, panels }: Dashboard): AskedQuery[] {
  return [
    ...templating.list.map(({ name, multi, query }) => ({
      where: { kind: 'variable', name, many: multi } as const,
      query,
    })),
    ...annotations.list.map(({ name, target }) => ({ where: { kind: 'annotation', name } as const, query: target })),
    ...panels.flatMap((panel) => (panel.type === 'row' ? panel.panels : [panel])).flatMap(ofPanel),
  ]
}

function ofPanel({ title, interval, repeat, targets }: Panel): AskedQuery[] {
  const where: Where = {
    kind: 'panel',
    name: title,
    ...(interval !== undefined && { interval }),
    ...(repeat !== undefined && { repeat }),
  }
  return targets.map((query) => ({ where, query }))
}
