import type { Command } from 'commander'
import type { OrganisationOptions } from './grafana-org-actions.ts'

/** Dashboards: who may read for them, and organisations of Grafana for customers and makers. */
export function addGrafanaCommand(program: Command): void {
  const grafana = program
    .command('grafana')
    .description('what Grafana reads with, and organisations that see only their own')

  grafana
    .command('reader')
    .description('make the login that our own organisation reads PostgreSQL and InfluxDB with, or change its password')
    .option('--password-file <file>', 'has the password; default: FETTLE_GRAFANA_READER_PASSWORD, or standard input')
    .option('--json', 'print one JSON object')
    .action(async (options: { passwordFile?: string; json?: boolean }) =>
      (await import('./grafana-actions.ts')).makeReader(options),
    )

  grafana
    .command('check')
    .description('ask every query of every dashboard, and print it with its rows')
    .option('--org <name>', 'as this organisation sees it; default: our own')
    .option('--machine <key>', 'whose details are asked for; default: the first')
    .option('--hours <number>', 'of the span that is asked for', '6')
    .option('--json', 'print one JSON object')
    .action(async (options: { org?: string; machine?: string; hours: string; json?: boolean }) =>
      (await import('./grafana-actions.ts')).checkQueries(options),
    )

  const org = grafana.command('org').description('organisations of Grafana for customers and makers')

  org
    .command('create')
    .description('make an organisation with data, logins and dashboards of its own; again: finish, repair or renew it')
    .requiredOption('--name <name>', 'how it is called in Grafana')
    .option('--customer <key>', 'shows the machines of this customer')
    .option('--manufacturer <name>', 'shows the machines of this maker')
    .option('--postgres <host:port>', 'where Grafana reaches PostgreSQL; default: as DATABASE_URL')
    .option('--influx <url>', 'where Grafana reaches InfluxDB; default: as INFLUX_URL')
    .option('--json', 'print one JSON object')
    .action(async (options: OrganisationOptions) =>
      (await import('./grafana-org-actions.ts')).createOrganisation(options),
    )

  org
    .command('list')
    .description('who has an organisation, and whether its data are complete')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) =>
      (await import('./grafana-org-actions.ts')).printOrganisations(options),
    )

  org
    .command('remove')
    .description('take an organisation away, from Grafana and with its logins and its copy of the data')
    .argument('<name>')
    .option('--yes', 'do it: what its people made in Grafana is gone as well')
    .action(async (name: string, options: { yes?: boolean }) =>
      (await import('./grafana-org-actions.ts')).removeOrganisationNamed(name, options),
    )
}
