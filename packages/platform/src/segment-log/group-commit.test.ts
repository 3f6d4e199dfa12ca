import { expect, it } from 'vitest'
import { groupCommit } from './group-commit.ts'
import type { SegmentLogError } from './segment-log-error.ts'

/** A commit that the test ends: `finish()` or `fail(error)` the one under way. */
function manualCommits(maxGroupBytes = 1000) {
  const groups: string[][] = []
  const refusals: SegmentLogError[] = []
  let next = 0
  let settle: { finish(): void; fail(error: Error): void } | undefined
  let announceBegun = () => {}
  let begun = new Promise<void>((resolve) => (announceBegun = resolve))
  const group = groupCommit({
    maxGroupBytes,
    onRefusal: (error) => refusals.push(error),
    commit(payloads) {
      groups.push(payloads.map((payload) => Buffer.from(payload).toString()))
      const first = next
      next += payloads.length
      return new Promise((resolve, reject) => {
        settle = { finish: () => resolve(first), fail: reject }
        announceBegun()
      })
    },
  })
  const current = async () => {
    await begun
    begun = new Promise<void>((resolve) => (announceBegun = resolve))
    return settle!
  }
  return {
    groups,
    refusals,
    close: () => group.close(),
    append: (...texts: string[]) => group.append(texts.map((text) => Buffer.from(text))),
    finish: async () => (await current()).finish(),
    fail: async (error: Error) => (await current()).fail(error),
  }
}

it('commits together what arrives while a commit is running', async () => {
  const log = manualCommits()
  const a = log.append('a')
  await commitBegins()
  const rest = Promise.all([log.append('b'), log.append('c', 'd'), log.append('e')])
  await log.finish()
  expect(await a).toBe(0)
  await log.finish()
  expect(await rest).toEqual([1, 2, 4])
  expect(log.groups).toEqual([['a'], ['b', 'c', 'd', 'e']])
})

it('commits together what arrives in the same turn', async () => {
  const log = manualCommits()
  const all = Promise.all([log.append('a'), log.append('b')])
  await log.finish()
  expect(await all).toEqual([0, 1])
  expect(log.groups).toEqual([['a', 'b']])
})

it('bounds a group, but not below one entry', async () => {
  const log = manualCommits(3)
  const all = Promise.all([log.append('aa'), log.append('b'), log.append('c'), log.append('dddd'), log.append('e')])
  for (let i = 0; i < 4; i++) await log.finish()
  expect(await all).toEqual([0, 1, 2, 3, 4])
  expect(log.groups).toEqual([['aa', 'b'], ['c'], ['dddd'], ['e']])
})

it('resolves in the order of the calls', async () => {
  const log = manualCommits(1)
  const order: string[] = []
  const all = ['a', 'b', 'c'].map((text) => log.append(text).then(() => order.push(text)))
  for (let i = 0; i < 3; i++) await log.finish()
  await Promise.all(all)
  expect(order).toEqual(['a', 'b', 'c'])
})

it('refuses all who wait, and everything later, after a failed commit', async () => {
  const log = manualCommits()
  const a = log.append('a')
  await commitBegins()
  const b = log.append('b')
  const refused = Promise.all([a, b].map((promise) => expect(promise).rejects.toMatchObject({ code: 'failed' })))
  const cause = new Error('EIO')
  await log.fail(cause)
  await refused
  await expect(log.append('c')).rejects.toMatchObject({ code: 'failed', cause })
  expect(log.groups).toEqual([['a']])
  await log.close()
  expect(log.refusals).toMatchObject([{ code: 'failed' }])
})

it('closes after what was appended before, and takes nothing more', async () => {
  const log = manualCommits()
  const a = log.append('a')
  const closing = log.close()
  await expect(log.append('b')).rejects.toMatchObject({ code: 'closed' })
  expect(log.refusals).toEqual([])
  await log.finish()
  expect(await a).toBe(0)
  await closing
  expect(log.refusals).toMatchObject([{ code: 'closed' }])
})

/** Lets the commit of what was appended so far begin. */
function commitBegins(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
