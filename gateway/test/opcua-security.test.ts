import { X509Certificate } from 'node:crypto'
import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { eventually } from './eventually.ts'
import { driverOf, told } from './opcua/drive.ts'
import { makeCertificate, startServer, temporaryFolder, type TestServer } from './opcua/server.ts'

/** Made before anything is loaded that could look for a home. */
const home = await vi.hoisted(async () => {
  const [{ mkdtemp }, { tmpdir }] = await Promise.all([import('node:fs/promises'), import('node:os')])
  return (process.env['HOME'] = await mkdtemp(`${tmpdir()}/fettle-home-`))
})

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: TestServer
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  folder = await temporaryFolder()
  server = await startServer({ folder: folder.path })
  server.set('flow', { dataType: 'Double', value: 7 })
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(async () => {
  await server.stop()
  await folder.remove()
  await rm(home, { recursive: true })
})

const dataDir = () => join(folder.path, 'gateway')
const ownCertificate = () => join(dataDir(), 'opcua/pki/own/certs/client_certificate.pem')
const thumbprintOf = async (file: string) =>
  new X509Certificate(await readFile(file)).fingerprint.replaceAll(':', '').toLowerCase()
const login = { username: 'fettle', password: 'right' }

/** A driver with full security. `failure` is what its run ended with, undefined when it was stopped. */
function secured(source: object, { folderOfGateway = dataDir() } = {}) {
  const run = driverOf(
    { flow: 'flow' },
    { endpoint: server.endpoint, security: 'basic256sha256', ...source },
    { dataDir: folderOfGateway },
  )
  const failure = run.start().then(
    () => undefined,
    (error: Error) => error.message,
  )
  stops.push(async () => {
    run.stop()
    await failure
  })
  const up = () => Promise.race([failure, eventually(() => expect(run.ups).toBe(1)).then(() => undefined)])
  return { run, failure, up }
}

it('signs, encrypts and logs in, with one certificate that two sources of a new gateway make at first use', async () => {
  const sources = [1, 2].map(() => secured({ ...login, serverCertificate: server.certificateFile }))
  expect(await Promise.all(sources.map(({ up }) => up()))).toEqual([undefined, undefined])
  for (const { run } of sources) await eventually(() => expect(told(run, 'flow')).toEqual([[7, 0]]))
  const own = new X509Certificate(await readFile(ownCertificate()))
  expect(own.subjectAltName).toContain('URI:urn:fettle:gateway:GW-TEST')
})

it('takes DER, and a path relative to its data folder', async () => {
  const { raw } = new X509Certificate(await readFile(server.certificateFile))
  await writeFile(join(dataDir(), 'line.der'), raw)
  expect(await secured({ ...login, serverCertificate: 'line.der' }).up()).toBeUndefined()
})

it('trusts nobody by itself: the certificate of an unknown server is set aside until a person moves it', async () => {
  const { failure, run } = secured(login)
  const message = await failure
  expect(message).toContain(`nobody has trusted the server's certificate ${await thumbprintOf(server.certificateFile)}`)
  expect(run.ups).toBe(0)
  expect(told(run, 'flow')).toEqual([[null, 2]])

  const [, from = '', to = ''] =
    /move (\S.*) to (\S.*), or name a copy of it as serverCertificate/.exec(message ?? '') ?? []
  expect(from.startsWith(join(dataDir(), 'opcua/pki/rejected'))).toBe(true)
  expect(await secured(login).failure).toBe(message) // again and again
  await rename(from, join(to, basename(from)))
  expect(await secured(login).up()).toBeUndefined()
})

it('refuses a server that does not show the certificate it was told', async () => {
  expect(await secured({ ...login, serverCertificate: ownCertificate() }).failure).toMatch(
    /^the server shows certificate [\da-f]{40} .*; serverCertificate .*client_certificate\.pem is certificate [\da-f]{40} /,
  )
  expect(await secured({ ...login, serverCertificate: '/not/there.pem' }).failure).toBe(
    'the certificate file /not/there.pem cannot be read (ENOENT)',
  )
})

it('says who is not let in', async () => {
  const serverCertificate = server.certificateFile
  expect(await secured({ username: 'fettle', password: 'wrong', serverCertificate }).failure).toBe(
    `${server.endpoint} does not let in the user fettle with this password (BadUserAccessDenied)`,
  )
  expect(server.sessions()).toBe(0)
})

it('says which certificate a server has to trust that refuses ours', async () => {
  const strict = await startServer({ folder: join(folder.path, 'strict'), acceptsClients: false })
  stops.push(() => strict.stop())
  const refused = secured({ ...login, endpoint: strict.endpoint, serverCertificate: strict.certificateFile })
  expect(await refused.failure).toMatch(
    new RegExp(
      `refuses the secure channel \\(Bad.*has to trust our certificate ${await thumbprintOf(ownCertificate())}, /`,
    ),
  )
})

const day = 86_400_000
const soon = { startDate: new Date(Date.now() - 340 * day), validity: 350 }
const over = { startDate: new Date(Date.now() - 340 * day), validity: 300 }

it('warns a month before the certificate of the server expires, while everything still works', async () => {
  const expiring = await startServer({ folder: join(folder.path, 'expiring'), certificate: soon })
  stops.push(() => expiring.stop())
  const endpoint = { endpoint: expiring.endpoint, serverCertificate: expiring.certificateFile }
  const { run, up } = secured({ ...login, ...endpoint })
  expect(await up()).toBeUndefined()
  await eventually(() =>
    expect(run.problems.get('certificates')?.message).toMatch(
      /^the server's certificate [\da-f]{40} expires in (9|10) days, on .*: renew it at the server/,
    ),
  )
})

it('says what to do when the certificate of the server has expired', async () => {
  const expired = await startServer({ folder: join(folder.path, 'expired'), certificate: over })
  stops.push(() => expired.stop())
  const { endpoint, certificateFile } = expired
  await copyFile(certificateFile, join(dataDir(), 'opcua/pki/trusted/certs/expired.pem'))
  expect(await secured({ ...login, endpoint }).failure).toMatch(/is outside of its dates: renew it at the server/)
  expect(await secured({ ...login, endpoint, serverCertificate: certificateFile }).up()).toBeUndefined()
})

it('says what to do when our own certificate has expired', async () => {
  const another = join(folder.path, 'another-gateway')
  const own = await makeCertificate(join(another, 'opcua/pki'), 'urn:fettle:gateway:GW-TEST', over)
  const strict = await startServer({ folder: join(folder.path, 'strict-too'), acceptsClients: false })
  stops.push(() => strict.stop())
  const refused = secured(
    { ...login, endpoint: strict.endpoint, serverCertificate: strict.certificateFile },
    { folderOfGateway: another },
  )
  const message = await refused.failure
  expect(message).toMatch(/refuses the secure channel .* our certificate [\da-f]{40} expired, on .*: remove /)
  expect(message).toContain(`remove ${own}, the next connection makes a new one`)
  await rm(own)
  const renewed = secured({ ...login, serverCertificate: server.certificateFile }, { folderOfGateway: another })
  expect(await renewed.up()).toBeUndefined()
  await eventually(() => expect(told(renewed.run, 'flow')).toEqual([[7, 0]]))
  expect(renewed.run.problems.size).toBe(0)
})

it('writes nothing into the home folder', async () => {
  expect(await readdir(home)).toEqual([])
})
