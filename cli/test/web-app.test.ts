import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { tempFolder } from '@fettle/testing/temp-folder'
import { expect, it } from 'vitest'
import { repositoryFolder } from '../src/instance/vite-program.ts'
import { ensureWebApp } from '../src/instance/web-app.ts'

it('builds what changed, once, and keeps the last build when the next one fails', async () => {
  await using folder = await tempFolder('web')
  const repository = folder.path
  const at = (name: string) => path.join(repository, name)
  await mkdir(at('web/src'), { recursive: true })
  await symlink(path.join(repositoryFolder, 'node_modules'), at('node_modules'))
  await writeFile(at('web/package.json'), '{ "type": "module" }')
  await writeFile(at('web/index.html'), '<script type="module" src="/src/main.ts"></script>')
  await writeFile(at('web/src/main.ts'), 'document.title = "first"')
  let builds = 0
  const ensure = () => ensureWebApp({ repository, logFile: at('web-build.log'), onBuild: () => (builds += 1) })
  const script = async (root: string) => {
    const [name = ''] = await readdir(path.join(root, 'assets'))
    return readFile(path.join(root, 'assets', name), 'utf8')
  }

  const first = await ensure()
  expect(first).toEqual({ root: at('web/dist'), wasBuilt: true })
  expect(await script(first.root)).toContain('first')
  expect(await ensure()).toMatchObject({ wasBuilt: false })
  await writeFile(at('web/src/main.test.ts'), 'tests are no part of it')
  expect(await ensure()).toMatchObject({ wasBuilt: false })

  await writeFile(at('web/src/main.ts'), 'document.title = "second"')
  expect(await ensure()).toMatchObject({ wasBuilt: true })
  expect(await script(first.root)).toContain('second')

  await writeFile(at('web/src/main.ts'), 'import "./nowhere.ts"')
  await expect(ensure()).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining('./nowhere.ts') })
  expect(await readFile(at('web-build.log'), 'utf8')).toContain('./nowhere.ts')
  expect(await script(first.root)).toContain('second')
  expect(await readdir(at('web/node_modules'))).toEqual([])
  expect(builds).toBe(3)
})
