import { X509Certificate } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import certificates, { type OPCUACertificateManager } from 'node-opcua-certificate-manager'
import { OpcuaFault } from './fault.ts'

/** The folder of certificates that all OPC UA sources of a gateway share. */
export interface Pki {
  /** What the library needs; it makes our own key and certificate when it first connects. */
  manager: OPCUACertificateManager
  /** PEM; what a server has to trust. */
  ownCertificateFile: string
  /** Throws an `OpcuaFault` that says what to do when nobody has trusted this certificate (DER; with its chain, perhaps). */
  requireTrusted(certificate: Buffer): Promise<void>
  close(): Promise<void>
}

interface PkiOptions {
  /** The gateway's data folder; certificates are in `opcua/pki` below it. */
  dataDir: string
  /** Names the one certificate to be trusted; without it the folder `trusted/certs` decides. */
  serverCertificate: string | undefined
}

/**
 * Opens the folder, and makes it at first use. Nothing is ever trusted by itself: an unknown certificate is put into
 * `rejected`, and a person moves it to `trusted/certs`, or names it in the configuration.
 */
export async function openPki({ dataDir, serverCertificate }: PkiOptions): Promise<Pki> {
  const manager = new certificates.OPCUACertificateManager({
    rootFolder: join(dataDir, 'opcua', 'pki'),
    automaticallyAcceptUnknownCertificate: false,
    // Opened for each attempt to connect, it sees what a person has moved without watching.
    disableFileWatchers: true,
  })
  await manager.initialize()
  const pinned = serverCertificate === undefined ? undefined : resolve(dataDir, serverCertificate)

  return {
    manager,
    ownCertificateFile: join(manager.ownCertFolder, 'client_certificate.pem'),
    async requireTrusted(certificate) {
      if (pinned === undefined) return requireInFolder(manager, certificate)
      const expected = await readCertificate(pinned)
      const actual = new X509Certificate(certificate)
      if (!actual.raw.equals(expected.raw)) {
        throw untrusted(
          `the server shows ${describe(actual)}; serverCertificate ${pinned} is ${describe(expected)}. If the server has a new certificate, put it into that file`,
        )
      }
    },
    close: () => manager.dispose(),
  }
}

/** SHA-1 of the certificate, as OPC UA products show it: `3f5e…`, 40 digits. */
export const thumbprintOf = (certificate: X509Certificate): string =>
  certificate.fingerprint.replaceAll(':', '').toLowerCase()

/** PEM or DER. */
export async function readCertificate(file: string): Promise<X509Certificate> {
  try {
    return new X509Certificate(await readFile(file))
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'it holds no certificate in PEM or DER'
    throw new OpcuaFault('untrusted', `the certificate file ${file} cannot be read (${reason})`, { cause })
  }
}

async function requireInFolder(manager: OPCUACertificateManager, certificate: Buffer): Promise<void> {
  const status = await manager.checkCertificate(certificate)
  if (status.name === 'Good') return
  const shown = new X509Certificate(certificate)
  if (status.name === 'BadCertificateTimeInvalid') {
    throw untrusted(
      `the server's ${describe(shown)} is outside of its dates: renew it at the server, set this machine's clock if it is wrong, or name a copy as serverCertificate to accept it all the same`,
    )
  }
  if (status.name !== 'BadCertificateUntrusted') {
    throw untrusted(`the server's ${describe(shown)} is not usable: ${status.name}, ${status.description}`)
  }
  const rejected = await findCertificate(manager.rejectedFolder, shown)
  throw untrusted(
    `nobody has trusted the server's ${describe(shown)}: if it is the right one, move ${rejected} to ${manager.trustedFolder}, or name a copy of it as serverCertificate`,
  )
}

/** The library names files by subject and thumbprint; only the content is certain. */
async function findCertificate(folder: string, wanted: X509Certificate): Promise<string> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const found = await readCertificate(file).catch(() => undefined)
    if (found?.raw.equals(wanted.raw)) return file
  }
  return `its file in ${folder}`
}

const describe = (certificate: X509Certificate): string =>
  `certificate ${thumbprintOf(certificate)} (${certificate.subject.replaceAll('\n', ', ')}, valid until ${certificate.validTo})`

const untrusted = (message: string) => new OpcuaFault('untrusted', message)
