export async function runBench(_name: string, _o: { json?: boolean }): Promise<void> {}
