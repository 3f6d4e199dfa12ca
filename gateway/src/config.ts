import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Key } from '@fettle/contracts/scalars'
import { Type, type Static } from 'typebox'
import { parseDocument } from 'yaml'
import type { Complaint, DriverKind } from './driver.ts'
import { driverKinds } from './drivers/registry.ts'
import { resolveSecrets, type SecretSources } from './secrets.ts'
import { readSection } from './section.ts'

const strict = { additionalProperties: false }

const Platform = Type.Object(
  {
    url: Type.String({ pattern: '^(mqtts?|wss?)://\\S+$' }),
    username: Type.Optional(Type.String({ minLength: 1, description: "the gateway's key unless given" })),
    password: Type.Optional(Type.String()),
    ca: Type.Optional(Type.String({ description: 'PEM of the authority behind an mqtts broker' })),
    timeoutMs: Type.Integer({ minimum: 100, maximum: 60_000, default: 10_000 }),
    ackTimeoutMs: Type.Integer({ minimum: 100, maximum: 600_000, default: 15_000 }),
    window: Type.Integer({ minimum: 1, maximum: 1_000, default: 32 }),
  },
  strict,
)

const SpoolLimits = Type.Object(
  {
    maxBytes: Type.Integer({
      minimum: 1024 * 1024,
      default: 1024 * 1024 * 1024,
      description: 'disk for undelivered readings',
    }),
  },
  { ...strict, default: {} },
)

const Frame = Type.Object(
  { gateway: Key, platform: Platform, spool: SpoolLimits, sources: Type.Array(Type.Unknown(), { minItems: 1 }) },
  strict,
)

const SourceHead = Type.Object({ name: Key, kind: Type.String() })

/** A configuration that was checked completely: creating drivers from it cannot fail. */
export interface GatewayConfig extends Omit<Static<typeof Frame>, 'sources'> {
  sources: { name: string; kind: DriverKind; config: unknown }[]
}

/** Everything that is wrong with a configuration, in one error. */
export class GatewayConfigError extends Error {
  readonly complaints: readonly Complaint[]
  constructor(where: string, complaints: readonly Complaint[]) {
    const lines = complaints.map(({ path, message }) => `  - ${path ? `${path}: ` : ''}${message}`)
    super([`${where} is not usable:`, ...lines].join('\n'))
    this.name = 'GatewayConfigError'
    this.complaints = complaints
  }
}

/** Reads a YAML or JSON file. Throws a `GatewayConfigError` with everything that is wrong in it. */
export function loadGatewayConfig(path: string, env: SecretSources['env']): GatewayConfig {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new GatewayConfigError(path, [
      { path: '', message: `cannot be read (${(error as NodeJS.ErrnoException).code})` },
    ])
  }
  const document = parseDocument(text, { merge: true })
  if (document.errors.length > 0) {
    throw new GatewayConfigError(
      path,
      document.errors.map(({ message }) => ({ path: '', message })),
    )
  }
  // Tag lists are made to be repeated through aliases, any number of times.
  return checkGatewayConfig(document.toJS({ maxAliasCount: -1 }), { env, folder: dirname(path) }, path)
}

/** Checks a configuration that is a value already; `where` names it in the error. */
export function checkGatewayConfig(
  input: unknown,
  secrets: SecretSources,
  where = 'the gateway configuration',
): GatewayConfig {
  const resolved = resolveSecrets(input, secrets)
  const frame = readSection(Frame, resolved.value)
  const found = sourcesOf(resolved.value).map((source, index) => readSource(source, index))
  const complaints = [
    ...resolved.complaints,
    ...(frame.ok ? [] : frame.complaints),
    ...found.flatMap((source) => source.complaints),
    ...repeatedNames(found.map(({ name }) => name)),
  ]
  if (complaints.length > 0 || !frame.ok) throw new GatewayConfigError(where, complaints)
  const sources = found.flatMap(({ name, kind, config }) => (kind ? [{ name, kind, config }] : []))
  return { ...frame.value, sources }
}

function sourcesOf(input: unknown): unknown[] {
  const sources = typeof input === 'object' && input !== null && 'sources' in input ? input.sources : undefined
  return Array.isArray(sources) ? sources : []
}

interface FoundSource {
  name: string
  kind?: DriverKind
  config?: unknown
  complaints: Complaint[]
}

function readSource(input: unknown, index: number): FoundSource {
  const head = readSection(SourceHead, input)
  const at = (complaint: Complaint) => ({
    ...complaint,
    path: [`sources/${index}`, complaint.path].filter(Boolean).join('/'),
  })
  if (!head.ok) return { name: '', complaints: head.complaints.map(at) }
  const { name, kind: kindName, ...rest } = head.value
  const kind = driverKinds.find((each) => each.kind === kindName)
  if (!kind) {
    const known = driverKinds.map((each) => each.kind).join(', ')
    return { name, complaints: [at({ path: 'kind', message: `there is no kind ${kindName}, only ${known}` })] }
  }
  const section = readSection(kind.schema, rest)
  const complaints = section.ok ? kind.check(section.value) : section.complaints
  return { name, kind, ...(section.ok && { config: section.value }), complaints: complaints.map(at) }
}

function repeatedNames(names: string[]): Complaint[] {
  return names.flatMap((name, index) =>
    name !== '' && names.indexOf(name) !== index
      ? [{ path: `sources/${index}/name`, message: `there is another source named ${name}` }]
      : [],
  )
}
