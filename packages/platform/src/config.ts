import { readFileSync } from 'node:fs'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** What a variable can hold. */
type Primitive = string | number | boolean

/** One environment variable: its name, its type, and what a person reads about it. */
export interface Variable<S extends TSchema = TSchema, D = Primitive | undefined> {
  /** Name in the environment, e.g. `FETTLE_HTTP_PORT`. */
  env: string
  /** A string, integer, number, boolean or enum of strings. */
  schema: S
  /** Used when the variable is unset or empty; `undefined` makes the variable optional. */
  default: D
  description: string
}

/** Variables by the name that the code knows them by. */
export type Declarations = Record<string, Variable>

/** What `loadConfig` makes of `Declarations`. */
export type ConfigOf<D extends Declarations> = {
  readonly [Key in keyof D]: Static<D[Key]['schema']> | D[Key]['default']
}

/** Declares a variable that has a default. */
export function variable<S extends TSchema>(
  env: string,
  schema: S,
  fallback: Static<S> & Primitive,
  description: string,
): Variable<S, Static<S> & Primitive> {
  return { env, schema, default: fallback, description }
}

/** Declares a variable that may be absent. */
export function optionalVariable<S extends TSchema>(
  env: string,
  schema: S,
  description: string,
): Variable<S, undefined> {
  return { env, schema, default: undefined, description }
}

/** All that is wrong with the environment, in one error; `problems` has a sentence for each variable. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads and validates every declared variable. Throws one `ConfigError` that lists all problems; it never shows a value,
 * which might be a secret. An empty variable counts as unset, because compose files pass on blanks. `NAME_FILE` names a file that
 * has the value of `NAME`, which is how containers are given secrets.
 */
export function loadConfig<D extends Declarations>(
  declarations: D,
  env: Readonly<Record<string, string | undefined>>,
): ConfigOf<D> {
  const config: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [key, { env: name, schema, default: fallback }] of Object.entries(declarations)) {
    const given = textOf(name, env)
    if (typeof given === 'object') problems.push(given.problem)
    const text = typeof given === 'string' ? given.trim() : undefined
    if (!text) {
      config[key] = fallback
      continue
    }
    const value = parse(schema, text)
    const [error] = Value.Errors(schema, value)
    if (error) problems.push(`${name} ${problemOf(schema, error.message)}`)
    else config[key] = value
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config as ConfigOf<D>
}

/** The declarations as a Markdown table, for the documentation. */
export function describeConfig(declarations: Declarations): string {
  const rows = Object.values(declarations).map(({ env, schema, default: fallback, description }) => {
    const shown = fallback === undefined ? '–' : `\`${fallback}\``
    return `| \`${env}\` | ${typeOf(schema)} | ${shown} | ${description} |`
  })
  return ['| variable | type | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n')
}

function textOf(name: string, env: Readonly<Record<string, string | undefined>>) {
  const direct = env[name]
  const file = env[`${name}_FILE`]?.trim()
  if (!file) return direct
  if (direct?.trim()) return { problem: `${name} and ${name}_FILE are both set; only one of them can count` }
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { problem: `${name}_FILE names a file that cannot be read (${reason})` }
  }
}

/** The environment only has strings; what cannot be read as the declared type stays a string and fails the check. */
function parse(schema: TSchema, text: string): unknown {
  switch (keyword(schema, 'type')) {
    case 'integer':
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : text
    case 'boolean':
      return { true: true, '1': true, false: false, '0': false }[text] ?? text
    default:
      return text
  }
}

function problemOf(schema: TSchema, message: string): string {
  const choices = keyword(schema, 'enum')
  const detail = Array.isArray(choices) ? `must be one of ${choices.join(', ')}` : message
  const example = keyword(schema, 'example')
  return typeof example === 'string' ? `${detail}, e.g. ${example}` : detail
}

function typeOf(schema: TSchema): string {
  const choices = keyword(schema, 'enum')
  if (Array.isArray(choices)) return choices.join(', ')
  const [type, minimum, maximum] = [keyword(schema, 'type'), keyword(schema, 'minimum'), keyword(schema, 'maximum')]
  const name = typeof type === 'string' ? type : 'string'
  return typeof minimum === 'number' && typeof maximum === 'number' ? `${name} ${minimum}–${maximum}` : name
}

function keyword(schema: TSchema, name: string): unknown {
  return (schema as Record<string, unknown>)[name]
}
