import { expect, it } from 'vitest'
import { inParallel } from './in-parallel.ts'

/** Work that ends when it is told to, and knows how much of it ran at once. */
function piecework() {
  const running = new Map<number, { resolve: (value: string) => void; reject: (error: Error) => void }>()
  const begun: number[] = []
  const work = (item: number) => {
    begun.push(item)
    return new Promise<string>((resolve, reject) => running.set(item, { resolve, reject }))
  }
  return {
    work,
    begun,
    async end(item: number, error?: Error) {
      if (error) running.get(item)!.reject(error)
      else running.get(item)!.resolve(`done ${item}`)
      await new Promise(setImmediate)
    },
  }
}

it('begins the next when one ends, never more than the limit, and answers in the order of the items', async () => {
  const { work, begun, end } = piecework()
  const all = inParallel([1, 2, 3, 4], 2, work)
  expect(begun).toEqual([1, 2])
  await end(2)
  expect(begun).toEqual([1, 2, 3])
  await end(3)
  await end(4)
  await end(1)
  expect(await all).toEqual(['done 1', 'done 2', 'done 3', 'done 4'])
})

it('begins nothing more after a failure', async () => {
  const { work, begun, end } = piecework()
  const all = expect(inParallel([1, 2, 3, 4], 2, work)).rejects.toThrow('no')
  await end(1, new Error('no'))
  await end(2)
  await all
  expect(begun).toEqual([1, 2])
})

it('has nothing to do with nothing, and refuses a limit of none', async () => {
  expect(await inParallel([], 3, () => Promise.reject(new Error('never')))).toEqual([])
  await expect(inParallel([1], 0, () => Promise.resolve())).rejects.toThrow(RangeError)
})
