import { Type, type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FaultInjection } from './fault-injection.ts'
import { faultModes, isFaultMode, type FaultMode } from './faults.ts'
import { fewNearest } from './nearest-names.ts'
import type { FleetCommands } from './simulated-fleet.ts'
import type { SimulatorErrorCode } from './simulator-error.ts'

/** Every code that an error body can carry, with its HTTP status. */
const statuses = {
  'machine/unknown': 404,
  'signal/unknown': 404,
  'signal/not-forced': 409,
  'fault/wrong-model': 400,
  'fault/signal-missing': 400,
  'fault/signal-unexpected': 400,
  'fault/progress-invalid': 400,
  'fault/over-invalid': 400,
  'fault/not-active': 409,
  'http/not-found': 404,
  'http/method-not-allowed': 405,
  'http/host-not-local': 403,
  'http/not-json': 415,
  'http/too-large': 413,
  'body/malformed': 400,
  'body/invalid': 400,
  'fault/unknown': 404,
} as const satisfies Record<SimulatorErrorCode, number> & Record<string, number>

export type ControlErrorCode = keyof typeof statuses

export interface Answer {
  status: number
  body: unknown
}

/** A refusal before or after the fleet was asked; `code` is stable. */
export class ControlError extends Error {
  readonly code: ControlErrorCode

  constructor(code: ControlErrorCode, message: string) {
    super(message)
    this.name = 'ControlError'
    this.code = code
  }
}

export function errorAnswer(code: ControlErrorCode, message: string): Answer {
  return { status: statuses[code], body: { error: { code, message } } }
}

const strict = { additionalProperties: false }
const mode = Type.Union(faultModes.map((name) => Type.Literal(name)))

const faultBody = parser(
  Type.Object(
    {
      mode,
      progress: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
      elapsedMs: Type.Optional(Type.Number({ minimum: 0 })),
      overMs: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
      signal: Type.Optional(Type.String({ minLength: 1 })),
    },
    strict,
  ),
)
const runBody = parser(Type.Object({ running: Type.Boolean() }, strict))
const stepBody = parser(Type.Object({ value: Type.Number() }, strict))

interface Route {
  method: 'GET' | 'POST' | 'DELETE'
  path: RegExp
  handle: (fleet: FleetCommands, path: readonly string[], body: unknown) => unknown
}

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/machines$/, handle: (fleet) => ({ items: fleet.snapshot() }) },
  {
    method: 'POST',
    path: /^\/machines\/([^/]+)\/faults$/,
    handle: (fleet, [deviceKey = ''], body) => fleet.inject(deviceKey, faultBody(body) as FaultInjection),
  },
  {
    method: 'DELETE',
    path: /^\/machines\/([^/]+)\/faults\/([^/]+)$/,
    handle: (fleet, [deviceKey = '', name = '']) => fleet.clear(deviceKey, knownMode(name)),
  },
  {
    method: 'POST',
    path: /^\/machines\/([^/]+)\/run$/,
    handle: (fleet, [deviceKey = ''], body) => fleet.setRunning(deviceKey, runBody(body).running),
  },
  {
    method: 'POST',
    path: /^\/machines\/([^/]+)\/signals\/([^/]+)\/step$/,
    handle: (fleet, [deviceKey = '', key = ''], body) => fleet.forceSignal(deviceKey, key, stepBody(body).value),
  },
  {
    method: 'DELETE',
    path: /^\/machines\/([^/]+)\/signals\/([^/]+)\/step$/,
    handle: (fleet, [deviceKey = '', key = '']) => fleet.releaseSignal(deviceKey, key),
  },
]

/** Finds the route and carries it out. Throws ControlError or SimulatorError. */
export function route(fleet: FleetCommands, method: string, pathname: string, body: unknown): Answer {
  let pathKnown = false
  for (const candidate of routes) {
    const match = candidate.path.exec(pathname)
    if (!match) continue
    pathKnown = true
    if (candidate.method !== method) continue
    return { status: 200, body: candidate.handle(fleet, match.slice(1).map(decoded), body) }
  }
  if (pathKnown) throw new ControlError('http/method-not-allowed', `${method} is not possible on ${pathname}`)
  throw new ControlError('http/not-found', `there is nothing at ${pathname}`)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new ControlError('http/not-found', `${part} is not a well-formed part of an address`)
  }
}

function knownMode(name: string): FaultMode {
  if (isFaultMode(name)) return name
  throw new ControlError('fault/unknown', `there is no fault ${name}; there are ${fewNearest(name, faultModes)}`)
}

/** Checks a body against its schema; the message of the error names every field that is wrong. */
function parser<Schema extends TSchema>(schema: Schema): (body: unknown) => Static<Schema> {
  const validator = Compile(schema)
  return (body) => {
    if (validator.Check(body)) return body as Static<Schema>
    const faults = validator.Errors(body).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`)
    throw new ControlError('body/invalid', [...new Set(faults)].join('; '))
  }
}
