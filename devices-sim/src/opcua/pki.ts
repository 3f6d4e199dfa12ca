import { existsSync } from 'node:fs'
import path from 'node:path'
import { OPCUACertificateManager } from 'node-opcua-certificate-manager'

/** All line servers are one product with one certificate. */
export const applicationUri = 'urn:woheng:line-server'

const validityDays = 3_650

/** Any client's certificate is taken: who it is, its user tells. */
export function createCertificateStore(folder: string): OPCUACertificateManager {
  return new OPCUACertificateManager({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  })
}

/** The certificate's PEM file; made, with its key, when the folder has none. */
export async function ensureCertificate(folder: string, host: string): Promise<string> {
  const file = path.join(folder, 'own', 'certs', 'certificate.pem')
  if (existsSync(file)) return file
  const store = createCertificateStore(folder)
  await store.initialize()
  try {
    await store.createSelfSignedCertificate({
      applicationUri,
      subject: '/CN=Woheng line server/O=Woheng',
      dns: ['localhost'],
      ip: [host],
      startDate: new Date(),
      validity: validityDays,
      outputFile: file,
    })
  } finally {
    await store.dispose()
  }
  return file
}
