import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lastLogLines, rotateServerLog, sizeOf } from './server-log.ts'

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fettle-log-'))
  file = path.join(folder, 'postgres.log')
})
afterEach(() => rm(folder, { recursive: true }))

const mebibyte = 1024 * 1024

it('keeps a log of up to 10 MB and begins a new one beyond, keeping the last', async () => {
  await writeFile(`${file}.1`, 'the one before')
  await writeFile(file, 'latest')
  await truncate(file, 10 * mebibyte)
  await rotateServerLog(file)
  expect(await readFile(`${file}.1`, 'utf8')).toBe('the one before')
  await truncate(file, 10 * mebibyte + 1)
  await rotateServerLog(file)
  expect((await stat(`${file}.1`)).size).toBe(10 * mebibyte + 1)
  expect(await sizeOf(file)).toBe(0)
})

it('quotes only what this start wrote', async () => {
  await writeFile(file, 'yesterday\n')
  const start = await sizeOf(file)
  expect(await lastLogLines(file, start, 2)).toEqual([])
  await appendFile(file, 'one\ntwo\nthree\n')
  expect(await lastLogLines(file, start, 2)).toEqual(['two', 'three'])
  expect(await lastLogLines(file, start, 9)).toEqual(['one', 'two', 'three'])
})

it('reads only the end of a long log, and nothing of a missing one', async () => {
  expect(await lastLogLines(file, 0, 5)).toEqual([])
  await writeFile(file, `${'x'.repeat(mebibyte)}\nlast`)
  expect(await lastLogLines(file, 0, 1)).toEqual(['last'])
})
