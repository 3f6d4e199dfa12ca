#!/usr/bin/env node
/**
 * The `fettle` command. In a repository it runs the TypeScript sources, in an image without them the build. Both in this
 * very process: its signals, its exit code and its end are the program's own.
 */
import { existsSync } from 'node:fs'
import { register } from 'node:module'

process.title = 'fettle'

if (existsSync(new URL('../src/main.ts', import.meta.url))) {
  // What `--conditions=source` does, which cannot be given to a process that runs already.
  const preferSource =
    'export const resolve = (name, context, next) => next(name, { ...context, conditions: [...context.conditions, "source"] })'
  register(`data:text/javascript,${encodeURIComponent(preferSource)}`)
  const tsx = await import('tsx/esm/api')
  tsx.register()
  await import('../src/main.ts')
} else {
  await import('../dist/main.js')
}
