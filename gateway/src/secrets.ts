import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Complaint } from './driver.ts'

export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>
  /** What relative paths of files are relative to: the folder of the configuration. */
  folder: string
}

/** The settings that may be given as `{ env: NAME }` or `{ file: PATH }` instead of as text. */
const secretNames = new Set(['username', 'password', 'ca'])

/** Stands for what could not be resolved, so that one mistake is one complaint. */
const unresolved = 'unresolved'

/** Puts the texts in the place of their references, anywhere in a configuration; `value` itself stays as it is. */
export function resolveSecrets(value: unknown, sources: SecretSources): { value: unknown; complaints: Complaint[] } {
  const complaints: Complaint[] = []

  function walk(node: unknown, path: string[], name: string): unknown {
    if (Array.isArray(node)) return node.map((item, index) => walk(item, [...path, String(index)], ''))
    if (typeof node !== 'object' || node === null) return node
    if (secretNames.has(name)) return readReference(node, path.join('/'))
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child, [...path, key], key)]))
  }

  function readReference(reference: object, path: string): unknown {
    const [[how, where] = ['', ''], ...more] = Object.entries(reference) as [string, unknown][]
    if (more.length > 0 || typeof where !== 'string' || (how !== 'env' && how !== 'file')) {
      complaints.push({ path, message: 'must be a text, { env: NAME } or { file: PATH }' })
      return unresolved
    }
    if (how === 'env') {
      const text = sources.env[where]
      if (!text) complaints.push({ path, message: `the environment variable ${where} is not set` })
      return text || unresolved
    }
    try {
      return readFileSync(resolve(sources.folder, where), 'utf8').trimEnd()
    } catch (error) {
      complaints.push({ path, message: `the file ${where} cannot be read (${(error as NodeJS.ErrnoException).code})` })
      return unresolved
    }
  }

  return { value: walk(value, [], ''), complaints }
}
