import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../user-error.ts'

/** The same below `src` and `dist`. */
export const repositoryFolder = fileURLToPath(new URL('../../../', import.meta.url))

/** The file of vite's own command, as seen from the folder of the web. Throws when it is not installed. */
export function viteProgram(web: string): string {
  try {
    const manifest = createRequire(path.join(web, 'package.json')).resolve('vite/package.json')
    return path.join(path.dirname(manifest), 'bin', 'vite.js')
  } catch (error) {
    const message = 'The builder of the web is not installed: run `npm ci` without --omit=dev.'
    throw new UserError(message, { cause: error })
  }
}
