import { writeFile } from 'node:fs/promises'
import { dashboards, fileOf, textOf } from './dashboards.ts'

/** `npm run grafana --workspace provisioning`: writes the files that Grafana reads; they are committed. */
const folder = new URL('../../grafana/dashboards/', import.meta.url)
for (const dashboard of dashboards) await writeFile(new URL(fileOf(dashboard), folder), textOf(dashboard))
