import { demoAccounts, demoPassword } from '../demo/accounts.ts'
import type { Opening } from '../demo/opening.ts'
import type { Instance } from './instance.ts'
import { seconds } from './progress.ts'

/** What a person reads when all of it works: where to go, who to be, what happens next, and how to end it. */
export function banner(instance: Instance, tookMs: number, dataDir: string): string {
  const { url, demo, simUrl, mqttUrl, logFile, needsAdmin, servesWeb } = instance
  const rows: [string, string][] = [[servesWeb ? 'open' : 'api', url]]
  if (demo) {
    const half = Math.ceil(demoAccounts.length / 2)
    rows.push(['accounts', demoAccounts.slice(0, half).join('  ')], ['', demoAccounts.slice(half).join('  ')])
    rows.push(['password', demoPassword])
  }
  if (needsAdmin) rows.push(['first user', 'npx fettle user add NAME --role admin      (in a second terminal)'])
  rows.push(['devices', mqttUrl])
  if (simUrl !== undefined) {
    rows.push(['simulator', `${simUrl}/machines`])
    rows.push(['break one', 'npx fettle sim fault P100-2208-0302 P-03'])
  }
  rows.push(['data', dataDir], ['log', logFile], ['stop', 'Ctrl-C'])
  const lines = rows.map(([name, text]) => `  ${name.padEnd(12)}${text}`)
  const next = demo ? ['', `  ${whatHappensNext[demo.opening]}`] : []
  return ['', `机康 Fettle is ready after ${seconds(tookMs)}`, '', ...lines, ...next, ''].join('\n')
}

const whatHappensNext: Readonly<Record<Opening, string>> = {
  dies: 'In 15 s the cooling fan of AC75-2403-0117 dies; about a minute later it raises its own ticket.',
  dead: 'The cooling fan of AC75-2403-0117 is still dead: its ticket waits for you.',
  mended: 'AC75-2403-0117 was repaired and runs; break another machine as shown above.',
}
