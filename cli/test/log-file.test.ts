import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterEach, expect, it, vi } from 'vitest'
import { createFileLogger } from '../src/instance/log-file.ts'

afterEach(() => vi.restoreAllMocks())

it('writes everything into the file, and tells each error once at the terminal', async () => {
  await using folder = await tempFolder('log')
  const file = path.join(folder.path, 'fettle.log')
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const logger = createFileLogger({ name: 'test', file, level: 'info' })
  logger.debug('nobody asked')
  logger.info({ password: 'hidden' }, 'all is well')
  logger.warn('look at this some day')
  for (let i = 0; i < 3; i++) logger.error({ err: new Error('full') }, 'the disk is full\nand more')
  logger.fatal('the log takes nothing more')

  const lines = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string })
  expect(lines.map(({ msg }) => msg.split('\n')[0])).toEqual([
    'all is well',
    'look at this some day',
    ...Array.from({ length: 3 }, () => 'the disk is full'),
    'the log takes nothing more',
  ])
  expect(JSON.stringify(lines)).not.toContain('hidden')
  expect(told.mock.calls.map(([text]) => text)).toEqual([
    `  ! the disk is full (more in ${file})\n`,
    `  ! the log takes nothing more (more in ${file})\n`,
  ])
})
