/** How often an edge node may be asked for its births: a birth is the largest message it has, and all hosts get it. */
export interface RebirthPacing {
  /** Whether the node may be asked now; the answer yes counts as having asked. */
  mayAsk(node: string): boolean
  /** It was asked for a reason of its own, whatever the pause. */
  asked(node: string): void
  /** It was born: when it has to be asked again, pauses begin anew. */
  answered(node: string): void
}

const shortestPauseMs = 10_000
const longestPauseMs = 300_000

/** Ten seconds after the first request, doubling to five minutes while it is not answered. `nowMs` need not be the time. */
export function createRebirthPacing(nowMs: () => number): RebirthPacing {
  const requests = new Map<string, { atMs: number; pauseMs: number }>()

  function asked(node: string): void {
    const before = requests.get(node)
    const pauseMs = before ? Math.min(before.pauseMs * 2, longestPauseMs) : shortestPauseMs
    requests.set(node, { atMs: nowMs(), pauseMs })
  }

  return {
    asked,
    mayAsk(node) {
      const last = requests.get(node)
      if (last && nowMs() - last.atMs < last.pauseMs) return false
      asked(node)
      return true
    },
    answered(node) {
      const last = requests.get(node)
      // The next request still keeps its distance, for a node on a bad line would be born all the time.
      if (last) requests.set(node, { ...last, pauseMs: shortestPauseMs })
    },
  }
}
