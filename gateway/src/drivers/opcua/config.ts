import { Key } from '@fettle/contracts/scalars'
import { Type, type Static } from 'typebox'
import type { Complaint } from '../../driver.ts'
import { nodeIdPattern } from './node-id.ts'

const strict = { additionalProperties: false }

const Sampling = (options: { default?: number; description: string }) =>
  Type.Integer({ minimum: 0, maximum: 3_600_000, ...options })

const OpcuaTag = Type.Object(
  {
    signal: Key,
    nodeId: Type.String({
      pattern: nodeIdPattern,
      description: 'e.g. nsu=urn:maker:machine;s=Pump.Flow, or ns=2;i=1001',
    }),
    samplingMs: Type.Optional(Sampling({ description: "the source's unless given" })),
    scale: Type.Number({ default: 1, description: 'value = raw × scale + offset, for numbers only' }),
    offset: Type.Number({ default: 0 }),
  },
  strict,
)
export type OpcuaTag = Static<typeof OpcuaTag>

const OpcuaDevice = Type.Object({ device: Key, tags: Type.Array(OpcuaTag, { minItems: 1 }) }, strict)
export type OpcuaDevice = Static<typeof OpcuaDevice>

/** One OPC UA server: a machine's controller, or one that speaks for a whole line. */
export const OpcuaSource = Type.Object(
  {
    endpoint: Type.String({ pattern: '^opc\\.tcp://\\S+$', description: 'e.g. opc.tcp://192.168.10.30:4840' }),
    security: Type.Enum(['none', 'basic256sha256'], {
      default: 'basic256sha256',
      description: 'basic256sha256 signs and encrypts; none does neither and knows no login',
    }),
    username: Type.Optional(Type.String({ minLength: 1, description: 'anonymous unless given' })),
    password: Type.Optional(Type.String()),
    serverCertificate: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'file (PEM or DER) of the one certificate to be trusted; relative to the data folder of the gateway',
      }),
    ),
    timeoutMs: Type.Integer({ minimum: 100, maximum: 60_000, default: 10_000, description: 'for each answer' }),
    resumeMs: Type.Integer({
      minimum: 1_000,
      maximum: 3_600_000,
      default: 60_000,
      description: 'how long the server is to keep what it has for us while the connection is lost',
    }),
    samplingMs: Sampling({
      default: 1_000,
      description: 'how often the server looks at a value; 0: as soon as it notices a change',
    }),
    publishMs: Type.Integer({
      minimum: 10,
      maximum: 3_600_000,
      default: 1_000,
      description: 'how often it sends what it has seen',
    }),
    report: Type.Enum(['updates', 'changes'], {
      default: 'updates',
      description: 'a reading whenever the source has updated a value, or only when value or status have changed',
    }),
    queueSize: Type.Integer({ minimum: 1, maximum: 100_000, default: 60, description: 'values it keeps of each node' }),
    devices: Type.Array(OpcuaDevice, { minItems: 1 }),
  },
  strict,
)
export type OpcuaSource = Static<typeof OpcuaSource>

/** What the schema cannot say: signals fed twice, and settings that contradict each other. */
export function checkOpcuaSource(source: OpcuaSource): Complaint[] {
  return Array.from(complaintsOf(source)).map(([path, message]) => ({ path, message }))
}

function* complaintsOf(source: OpcuaSource): Iterable<[path: string, message: string]> {
  const { security, username, password, serverCertificate } = source
  if (username === undefined && password !== undefined) yield ['username', 'a password needs a username']
  if (username !== undefined && password === undefined) yield ['password', 'a username needs a password']
  if (security === 'none') {
    if (username !== undefined) yield ['security', 'none would show the password to anybody: use basic256sha256']
    if (serverCertificate !== undefined) yield ['serverCertificate', 'security none looks at no certificate']
  }
  const signals = new Set<string>()
  for (const [d, { device, tags }] of source.devices.entries()) {
    for (const [t, { signal }] of tags.entries()) {
      const name = `${device}/${signal}`
      if (signals.has(name)) yield [`devices/${d}/tags/${t}`, `${name} is fed twice`]
      signals.add(name)
    }
  }
}
