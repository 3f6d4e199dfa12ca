export const benchNames = ['ingest', 'latency', 'query', 'store'] as const
export type BenchName = (typeof benchNames)[number]
