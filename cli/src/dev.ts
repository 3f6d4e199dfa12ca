import type { StartFlags } from './embedded/start.ts'
export async function runDevelopment(_flags: StartFlags): Promise<void> {}
