export const benchNames = ['ingest', 'latency', 'query'] as const
export type BenchName = (typeof benchNames)[number]
