import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { environment } from '@fettle/platform/environment'
import { tempFolder } from '@fettle/testing/temp-folder'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createProgram } from '../src/program.ts'

interface Service {
  image: string
  build?: string
  command?: string[]
  environment?: Record<string, string>
  secrets?: string[]
  ports?: string[]
  volumes?: string[]
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
}

const repository = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFile(path.join(repository, file), 'utf8')
const compose = parse(await read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, null>
  secrets: Record<string, { file: string }>
}
const services = Object.entries(compose.services)

describe('docker-compose.yml', () => {
  it.each(services)(
    '%s names a version, publishes on this machine alone, and says how it is',
    async (name, service) => {
      expect(service.image === 'fettle' || /:\d+\.\d+/.test(service.image)).toBe(true)
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
      expect(service.healthcheck ?? (name === 'fettle' && 'in the Dockerfile')).toBeTruthy()
      for (const needed of Object.keys(service.depends_on ?? {}))
        expect(Object.keys(compose.services)).toContain(needed)
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':')
        if (source.startsWith('.')) expect((await stat(path.join(repository, source))).isDirectory()).toBe(true)
        else expect(Object.keys(compose.volumes)).toContain(source)
      }
    },
  )

  it('asks mosquitto in its shell for what it says about itself', async () => {
    await using folder = await tempFolder('healthcheck')
    await writeFile(path.join(folder.path, 'mosquitto_sub'), `#!/bin/sh\nprintf '%s\\n' "$@"\n`, { mode: 0o755 })
    const [how, command = ''] = compose.services['mosquitto']?.healthcheck?.test ?? []
    expect(how).toBe('CMD-SHELL')
    const secret = path.join(folder.path, 'password')
    await writeFile(secret, 'p w')
    // What compose makes of it, in a place where the secret can be read.
    const made = command.replaceAll('$$', '$').replaceAll('/run/secrets/mqtt-password', secret)
    const { stdout } = await promisify(execFile)('sh', ['-c', made], {
      env: { PATH: `${folder.path}:${process.env['PATH']}` },
    })
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['p w', '$SYS/broker/uptime']))
  })

  it('gives our containers only variables that Fettle reads, and commands that it has', () => {
    const known = Object.values(environment).flatMap(({ env }) => [env, `${env}_FILE`])
    const commands = createProgram().commands.map((command) => command.name())
    for (const name of ['fettle', 'sim']) {
      const service = compose.services[name]
      expect(known).toEqual(expect.arrayContaining(Object.keys(service?.environment ?? {})))
      expect(commands).toContain(service?.command?.[0])
    }
  })

  it('declares every secret that it uses, and make-secrets.sh makes all of them, once', async () => {
    const used = new Set(services.flatMap(([, { secrets = [] }]) => secrets))
    expect(new Set(Object.keys(compose.secrets))).toEqual(used)

    await using folder = await tempFolder('compose')
    const script = path.join('provisioning', 'compose', 'make-secrets.sh')
    await mkdir(path.dirname(path.join(folder.path, script)), { recursive: true })
    await cp(path.join(repository, script), path.join(folder.path, script))
    const run = () => promisify(execFile)('sh', [path.join(folder.path, script)])
    await run()
    const made = await secretsIn(folder.path)
    expect(new Set(Object.keys(made))).toEqual(used)
    for (const { file } of Object.values(compose.secrets)) expect(made[path.basename(file)]).toMatch(/\S{32}/)
    expect((await stat(path.join(folder.path, 'secrets'))).mode & 0o077).toBe(0)
    await run()
    expect(await secretsIn(folder.path)).toEqual(made)
  })
})

it('the Dockerfile runs as an ordinary user, on the Node of our images', async () => {
  const lines = (await read('Dockerfile')).split('\n')
  expect(lines.filter((line) => line.startsWith('FROM')).every((line) => line.includes('node:24.'))).toBe(true)
  expect(lines.indexOf('USER node')).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('RUN')))
})

async function secretsIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(path.join(folder, 'secrets'))
  const texts = names.map(async (name) => [name, await readFile(path.join(folder, 'secrets', name), 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}
