import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import type { Ingest } from '@fettle/ingest/ingest'
import type { Rules } from '@fettle/rules/rules'

export interface MeasuredServices {
  log: PartitionedLog
  ingest: Ingest
  rules: Rules
}

type Sample = readonly [labels: string, value: number]

/** Counts of the data thread in the text format of Prometheus, version 0.0.4. */
export async function dataMetrics({ log, ingest, rules }: MeasuredServices): Promise<string> {
  const taken = await ingest.stats()
  const evaluated = rules.stats()
  const partitions = Array.from({ length: log.partitions }, (_, partition) => partition)
  const lagOfRules = await Promise.all(
    partitions.map(async (partition): Promise<Sample> => {
      const { next } = await log.bounds(partition)
      return [`{partition="${partition}"}`, next - (evaluated.positions.get(partition) ?? next)]
    }),
  )
  const rejected = Object.entries(taken.rejected).map(([code, count]): Sample => [`{code="${code}"}`, count])
  return [
    family('counter', 'fettle_uplink_messages_total', 'Messages received', [['', taken.messages]]),
    family('counter', 'fettle_uplink_readings_total', 'Readings that are durable', [['', taken.readings]]),
    family('counter', 'fettle_uplink_rejected_total', 'Readings and messages in the dead letters', rejected),
    family('gauge', 'fettle_broker_connections', 'Devices and gateways connected', [['', taken.broker.connections]]),
    family('counter', 'fettle_broker_refused_total', 'Connections with wrong credentials', [
      ['', taken.broker.refused],
    ]),
    family('counter', 'fettle_store_readings_total', 'Readings written to the store', [['', taken.writer.readings]]),
    family('counter', 'fettle_store_refused_total', 'Readings that the store refused', [['', taken.writer.refused]]),
    family('gauge', 'fettle_store_lag_records', 'Log records not in the store yet', [['', taken.writer.lag]]),
    family('counter', 'fettle_rules_readings_total', 'Readings evaluated', [['', evaluated.readings]]),
    family('gauge', 'fettle_rules_lag_records', 'Log records not evaluated yet', lagOfRules),
    family('counter', 'fettle_alarms_raised_total', 'Alarm episodes that began', [['', evaluated.raised]]),
    family('counter', 'fettle_alarms_cleared_total', 'Alarm episodes that ended', [['', evaluated.cleared]]),
  ].join('\n')
}

function family(type: 'counter' | 'gauge', name: string, help: string, samples: readonly Sample[]): string {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
    '',
  ].join('\n')
}
