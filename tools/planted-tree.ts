import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { rooms } from './import-table.mjs'

/** The root of this repository. */
export const project = join(dirname(fileURLToPath(import.meta.url)), '..')

const trees: string[] = []
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true })
})

/**
 * A throwaway project to plant mistakes in: the same rooms, each with its real package.json and tsconfig.json and linked
 * under node_modules by its name, the given root files of ours, and the given sources (path → text).
 * Removed when the test file ends.
 */
export function plantedTree({ ours, sources }: { ours: string[]; sources: Record<string, string> }): string {
  const tree = mkdtempSync(join(tmpdir(), 'fettle-planted-'))
  trees.push(tree)
  const copies = rooms.flatMap(({ folder }) => [`${folder}/package.json`, `${folder}/tsconfig.json`])
  for (const path of [...ours, ...copies]) cpSync(join(project, path), join(tree, path))
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  mkdirSync(join(tree, 'node_modules/@fettle'), { recursive: true })
  for (const { name, folder } of rooms) symlinkSync(join(tree, folder), join(tree, 'node_modules/@fettle', name))
  for (const library of ['typebox', 'pg', 'fastify', 'vitest', 'react', '@types'])
    symlinkSync(join(project, 'node_modules', library), join(tree, 'node_modules', library))
  return tree
}
