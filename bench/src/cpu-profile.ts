import { Session, type Profiler } from 'node:inspector/promises'

/** A part of the program and the files that belong to it. */
export type Part = readonly [name: string, files: RegExp]

/**
 * Samples this thread's CPU while `work` runs. A sample belongs to the first part that a file of its stack matches, from the
 * innermost function outwards, so that JSON.parse or a socket's write counts for whoever called it. Percent of the busy time.
 */
export async function profiled(parts: readonly Part[], work: () => Promise<void>): Promise<Record<string, number>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 1_000 })
  await session.post('Profiler.start')
  try {
    await work()
    const { profile } = await session.post('Profiler.stop')
    return sharesOf(profile, parts)
  } finally {
    session.disconnect()
  }
}

/** Names that V8 gives to what is no function. */
const outside = new Map([
  ['(idle)', 'idle'],
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'native and kernel'],
])

function sharesOf({ nodes, samples = [] }: Profiler.Profile, parts: readonly Part[]): Record<string, number> {
  const parentOf = new Map<number, number>()
  for (const { id, children = [] } of nodes) for (const child of children) parentOf.set(child, id)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const partOfNode = new Map<number, string>()

  function partOf(id: number): string {
    const known = partOfNode.get(id)
    if (known !== undefined) return known
    const frame = byId.get(id)?.callFrame
    const found =
      outside.get(frame?.functionName ?? '') ??
      parts.find(([, files]) => files.test(frame?.url ?? ''))?.[0] ??
      (parentOf.has(id) ? partOf(parentOf.get(id) ?? 0) : 'Node itself')
    partOfNode.set(id, found)
    return found
  }

  const counts = new Map<string, number>()
  for (const sample of samples) counts.set(partOf(sample), (counts.get(partOf(sample)) ?? 0) + 1)
  counts.delete('idle')
  const busy = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const percent = [...counts].map(([part, count]) => [part, Math.round((count * 1_000) / busy) / 10] as const)
  return Object.fromEntries(percent.toSorted(([, a], [, b]) => b - a))
}
