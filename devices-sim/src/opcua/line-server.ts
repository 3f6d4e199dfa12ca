import { MessageSecurityMode, SecurityPolicy, setErrorLogger, setWarningLogger, UserTokenType } from 'node-opcua-client'
import { OPCUAServer } from 'node-opcua-server'
import { leanNodeset } from './lean-nodeset.ts'
import { applicationUri, createCertificateStore, ensureCertificate } from './pki.ts'

export interface LineServerOptions {
  host: string
  /** 0 for any free one. */
  port: number
  pkiFolder: string
  /** The one user who may sign in; nobody else may, but without security anyone may read. */
  username: string
  password: string
}

export interface LineServer {
  readonly url: string
  readonly certificateFile: string
  stop(): Promise<void>
}

// The library prints to the console; all that matters comes back as an error or a status.
setWarningLogger(() => {})
setErrorLogger(() => {})

/** A server that listens once it has been furnished. Rejects when its port is taken. */
export async function openLineServer(
  options: LineServerOptions,
  furnish: (server: OPCUAServer) => void,
): Promise<LineServer> {
  const { host, port, pkiFolder, username, password } = options
  const certificateFile = await ensureCertificate(pkiFolder, host)
  const server = new OPCUAServer({
    host,
    hostname: host,
    port,
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    // Its own manager for each, for a server disposes of both.
    serverCertificateManager: createCertificateStore(pkiFolder),
    userCertificateManager: createCertificateStore(pkiFolder),
    certificateFile,
    serverInfo: {
      applicationUri,
      productUri: 'urn:woheng:line-server',
      applicationName: { text: 'Woheng line server' },
    },
    buildInfo: { manufacturerName: '沃衡装备', productName: 'Line server' },
    nodesets: [leanNodeset],
    userManager: { isValidUser: (name: string, secret: string) => name === username && secret === password },
    isAuditing: false,
  })
  try {
    await server.initialize()
    furnish(server)
    askForUsersWhereTheyAreSafe(server)
    await server.start()
  } catch (error) {
    await server.shutdown()
    throw error
  }
  return { url: server.getEndpointUrl(), certificateFile, stop: () => server.shutdown() }
}

/** Without security nobody shows a password, and with it nobody comes without one. */
function askForUsersWhereTheyAreSafe(server: OPCUAServer): void {
  for (const endpoint of server.endpoints.flatMap((each) => each.endpointDescriptions())) {
    const wanted = endpoint.securityMode === MessageSecurityMode.None ? UserTokenType.Anonymous : UserTokenType.UserName
    endpoint.userIdentityTokens = (endpoint.userIdentityTokens ?? []).filter(({ tokenType }) => tokenType === wanted)
  }
}
