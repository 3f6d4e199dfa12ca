import { readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, it } from 'vitest'

const folder = import.meta.dirname
const modules = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map(({ parentPath, name }) => relative(folder, `${parentPath}/${name}`))

/** Every `en` within exported data, with its place. */
function englishIn(value: unknown, place: string): { place: string; text: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'en' && typeof inner === 'string' ? [{ place, text: inner }] : englishIn(inner, `${place}.${key}`),
  )
}

it('no English text of the demonstration has Chinese in it', async () => {
  const texts = (
    await Promise.all(
      modules.map(async (path) => englishIn({ ...((await import(`${folder}/${path}`)) as object) }, path)),
    )
  ).flat()
  expect(texts.length).toBeGreaterThan(300)
  expect(texts.filter(({ place }) => place.includes('maintenance-programmes'))).toHaveLength(10)
  expect(texts.filter(({ text }) => /\p{Script=Han}|[，。：；（）、]/u.test(text))).toEqual([])
})
