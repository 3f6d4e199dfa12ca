import { readFileSync } from 'node:fs'

/** The version of this package, e.g. `0.1.0`; the same path below `src` and `dist`. */
export const version: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
