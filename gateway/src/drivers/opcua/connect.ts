import { X509Certificate } from 'node:crypto'
import type { ClientSession, EndpointDescription, OPCUAClientOptions } from 'node-opcua-client'
import { untilAborted } from '@fettle/platform/until-aborted'
import type { OpcuaSource } from './config.ts'
import { briefly, OpcuaFault, refusalOf } from './fault.ts'
import { library } from './library.ts'
import { openPki, readCertificate, thumbprintOf, type Pki } from './pki.ts'
import { expiryWarnings, type DatedCertificate } from './validity.ts'
import { politely } from './waiting.ts'

/** A channel to the server, secured as the source asks for; sessions go on without it. */
export interface Connection {
  /** Begins a session. Throws an `OpcuaFault`, of code `login` when the user is not accepted. */
  login(): Promise<ClientSession>
  /** Takes a session over from a connection that was lost; false when the server has forgotten it. */
  takeOver(session: ClientSession): Promise<boolean>
  /** What it rests on, for as long as it is valid; none without security. */
  certificates: readonly DatedCertificate[]
  /** Rejects with an `OpcuaFault` of code `lost` as soon as the connection ends. */
  lost: Promise<never>
  /** Never takes long, even when the server is silent. Sessions stay with the server until they time out. */
  close(): Promise<void>
}

export interface ConnectOptions {
  gateway: string
  dataDir: string
  /** Ends the attempt. */
  signal: AbortSignal
}

/** Connects; one attempt. Throws an `OpcuaFault` that tells a person what to do, or the reason of `signal`. */
export async function connect(source: OpcuaSource, options: ConnectOptions): Promise<Connection> {
  const pki = await openPki({ dataDir: options.dataDir, serverCertificate: source.serverCertificate })
  try {
    const common = clientOptions(source, options.gateway, pki)
    if (source.security === 'none')
      return { ...(await openChannel(source, common, pki, options.signal)), certificates: [] }
    const certificate = await discover(source, common, options.signal)
    await pki.requireTrusted(certificate)
    const secured = {
      ...common,
      securityMode: library.MessageSecurityMode.SignAndEncrypt,
      securityPolicy: library.SecurityPolicy.Basic256Sha256,
      serverCertificate: certificate,
    }
    const channel = await openChannel(source, secured, pki, options.signal)
    return { ...channel, certificates: [serverCertificate(certificate), await ownCertificate(pki)] }
  } catch (error) {
    await pki.close()
    throw error
  }
}

const clientOptions = (source: OpcuaSource, gateway: string, pki: Pki): OPCUAClientOptions => ({
  applicationName: 'Fettle gateway',
  applicationUri: `urn:fettle:gateway:${gateway}`,
  clientName: `fettle-${gateway}-`,
  clientCertificateManager: pki.manager,
  certificateFile: pki.ownCertificateFile,
  // Servers name themselves as they see their network, which is seldom as we see it.
  endpointMustExist: false,
  // The supervisor retries. Sessions outlive a lost connection: see `takeOver`.
  connectionStrategy: { maxRetry: 0 },
  keepPendingSessionsOnDisconnect: true,
  requestedSessionTimeout: source.resumeMs,
  defaultTransactionTimeout: source.timeoutMs,
  transportTimeout: source.timeoutMs,
})

/** The certificate of the endpoint with our security, as the server tells it to anybody. */
async function discover({ endpoint }: OpcuaSource, options: OPCUAClientOptions, signal: AbortSignal): Promise<Buffer> {
  const client = library.OPCUAClient.create(options)
  try {
    await untilAborted(client.connect(endpoint), signal).catch(unlessAborted(signal, unreachable(endpoint)))
    const offers = await untilAborted(client.getEndpoints(), signal).catch(unlessAborted(signal, unreachable(endpoint)))
    const match = offers.find(
      ({ securityMode, securityPolicyUri }) =>
        securityMode === library.MessageSecurityMode.SignAndEncrypt &&
        securityPolicyUri === (library.SecurityPolicy.Basic256Sha256 as string),
    )
    if (match) return match.serverCertificate
    throw new OpcuaFault(
      'no-endpoint',
      `${endpoint} offers no Basic256Sha256 with SignAndEncrypt, only ${listed(offers)}`,
    )
  } finally {
    await politely(client.disconnect())
  }

  function listed(offers: EndpointDescription[]): string {
    const names = offers.map(
      ({ securityMode, securityPolicyUri }) =>
        `${securityPolicyUri?.split('#').at(-1)} with ${library.MessageSecurityMode[securityMode]}`,
    )
    return [...new Set(names)].join(', ') || 'nothing'
  }
}

async function openChannel(
  source: OpcuaSource,
  options: OPCUAClientOptions,
  pki: Pki,
  signal: AbortSignal,
): Promise<Omit<Connection, 'certificates'>> {
  const { endpoint } = source
  const client = library.OPCUAClient.create(options)
  const lost = new Promise<never>((_, reject) => {
    client.once('close', () => reject(new OpcuaFault('lost', `the connection to ${endpoint} ended`)))
  })
  lost.catch(() => {}) // of interest only to whoever waits

  const close = async () => {
    await politely(client.disconnect())
    await pki.close()
  }
  const onRefused = source.security === 'none' ? unreachable(endpoint) : rejected(endpoint, pki)
  try {
    await untilAborted(client.connect(endpoint), signal).catch(unlessAborted(signal, onRefused))
  } catch (error) {
    await politely(client.disconnect())
    throw error
  }
  return {
    lost,
    close,
    login: () =>
      untilAborted(client.createSession(identityOf(source)), signal).catch(unlessAborted(signal, refusedLogin(source))),
    async takeOver(session) {
      try {
        await untilAborted(client.reactivateSession(session), signal)
        return true
      } catch (error) {
        signal.throwIfAborted()
        if (refusalOf(error) === undefined) throw new OpcuaFault('lost', briefly(error), { cause: error })
        return false
      }
    },
  }
}

function identityOf({ username, password }: OpcuaSource) {
  const { UserTokenType } = library
  if (username === undefined) return { type: UserTokenType.Anonymous } as const
  return { type: UserTokenType.UserName, userName: username, password: password ?? '' } as const
}

type Translate = (error: unknown) => Promise<OpcuaFault>

const unlessAborted = (signal: AbortSignal, translate: Translate) => async (error: unknown) => {
  signal.throwIfAborted()
  throw await translate(error)
}

const unreachable =
  (endpoint: string): Translate =>
  async (error) =>
    new OpcuaFault('unreachable', `${endpoint}: ${refusalOf(error) ?? briefly(error)}`, { cause: error })

/** The server was there a moment ago, so most likely it does not know us yet, or no longer takes us. */
const rejected =
  (endpoint: string, pki: Pki): Translate =>
  async (error) => {
    const own = await ownCertificate(pki)
    const reason = refusalOf(error) ?? briefly(error)
    const [hint = `It has to trust ${own.name}, ${pki.ownCertificateFile}`] = expiryWarnings([own], Date.now())
    return new OpcuaFault('rejected', `${endpoint} refuses the secure channel (${reason}). ${hint}`, { cause: error })
  }

function serverCertificate(der: Buffer): DatedCertificate {
  const certificate = new X509Certificate(der)
  const name = `the server's certificate ${thumbprintOf(certificate)}`
  return { name, certificate, remedy: 'renew it at the server, and trust the new one here' }
}

async function ownCertificate({ ownCertificateFile }: Pki): Promise<DatedCertificate> {
  const certificate = await readCertificate(ownCertificateFile)
  const name = `our certificate ${thumbprintOf(certificate)}`
  const remedy = `remove ${ownCertificateFile}, the next connection makes a new one, and let the server trust that`
  return { name, certificate, remedy }
}

const refusedLogin =
  ({ endpoint, username }: OpcuaSource): Translate =>
  async (error) => {
    const refusal = refusalOf(error)
    const who = username === undefined ? 'anonymous users' : `the user ${username} with this password`
    return refusal === undefined
      ? new OpcuaFault('lost', `${endpoint}: ${briefly(error)}`, { cause: error })
      : new OpcuaFault('login', `${endpoint} does not let in ${who} (${refusal})`, { cause: error })
  }
