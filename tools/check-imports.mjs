/**
 * `node tools/check-imports.mjs [root]`: fails when an import breaks the table in `import-table.mjs` or one of the
 * rules in `.dependency-cruiser.mjs`. Also fails on silence: without a parser for our TypeScript dependency-cruiser sees no
 * module and calls that success, so every source file on disk must be among those it cruised.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cruise, format } from 'dependency-cruiser'
import config from '../.dependency-cruiser.mjs'
import { rooms } from './import-table.mjs'

const skipped = new Set(['node_modules', 'dist'])
const isSource = (/** @type {string} */ name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')

/**
 * @param {string} root
 * @param {string} folder relative to root
 * @returns {string[]} paths relative to root, of all TypeScript files below the folder
 */
function sourcesBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesBelow(root, path)
    return isSource(entry.name) ? [path] : []
  })
}

const root = resolve(process.argv[2] ?? '.')
const folders = rooms.map((room) => room.folder)
const missing = folders.filter((folder) => !existsSync(join(root, folder)))
if (missing.length > 0) throw new Error(`tools/import-table.mjs names folders that do not exist: ${missing.join(', ')}`)

const sources = folders.flatMap((folder) => sourcesBelow(root, folder))
const { options, ...ruleSet } = config
const { output } = await cruise(sources, { ...options, ruleSet, validate: true, baseDir: root, outputType: 'json' })
const result = typeof output === 'string' ? JSON.parse(output) : output
const cruised = new Set(result.modules.map((/** @type {{ source: string }} */ module) => module.source))
const unseen = sources.filter((path) => !cruised.has(path))
if (sources.length === 0) unseen.push('(any source file at all)')

const report = await format(result, { outputType: 'err-long' })
console.log(report.output)
for (const path of unseen) console.error(`not cruised: ${path}`)
console.log(`${sources.length} source files in ${folders.length} rooms checked against tools/import-table.mjs`)
process.exitCode = report.exitCode > 0 || unseen.length > 0 ? 1 : 0
