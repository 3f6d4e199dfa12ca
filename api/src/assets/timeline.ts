import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { TimelineEntry } from '@fettle/contracts/assets'
import type { Text } from '@fettle/contracts/scalars'
import type { DbOrTx } from '@fettle/db/client'
import { alarmTitle } from '@fettle/domain/alarms/texts'
import { DomainError } from '@fettle/domain/domain-error'
import { sql } from 'drizzle-orm'

interface Row extends Record<string, unknown> {
  at: Date
  row_id: string
  kind: TimelineEntry['kind']
  /** Null for an alarm, which is told from what follows. */
  title: TimelineEntry['title'] | null
  level: AlarmLevel | null
  signal_name: Text | null
  failure_mode_name: Text | null
  ticket_id: string | null
  ticket_number: string | null
  alarm_id: string | null
  ended_at: Date | null
  by: string | null
}

/**
 * The machine's life as one list: alarms, tickets, visits and parts, newest first. The cursor is the place of the last entry.
 * Whether the asset is visible has been asked before.
 */
export async function assetTimeline(
  db: DbOrTx,
  assetId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const before = cursor === undefined ? sql`true` : placeBefore(cursor)
  const { rows } = await db.execute<Row>(sql`
    select * from (
      select to_timestamp(e.raised_ms / 1000.0) as at, e.id as row_id, 'alarm' as kind,
        null::jsonb as title, e.peak_level as level, s.name as signal_name, f.name as failure_mode_name,
        e.ticket_id, t.number as ticket_number, e.id as alarm_id,
        to_timestamp(e.cleared_ms / 1000.0) as ended_at, null as by
      from alarm_episodes e join signals s on s.id = e.signal_id join failure_modes f on f.id = e.failure_mode_id
        left join tickets t on t.id = e.ticket_id
      where e.asset_id = ${assetId}
      union all
      select t.occurred_at, t.id, 'ticket', t.title, null, null, null, t.id, t.number, null, t.closed_at, null
      from tickets t where t.asset_id = ${assetId}
      union all
      select v.checked_in_at, v.id, 'visit',
        jsonb_build_object('zh', '上门维修', 'en', 'Visit on site'), null, null, null, t.id, t.number, null, v.checked_out_at, g.name
      from visits v join tickets t on t.id = v.ticket_id join engineers g on g.id = v.engineer_id
      where t.asset_id = ${assetId} and v.checked_in_at is not null
      union all
      select m.at, m.id, 'part',
        jsonb_build_object('zh', '更换 ' || (p.name->>'zh') || coalesce(' ' || m.serial, ''),
          'en', 'Replaced ' || (p.name->>'en') || coalesce(' ' || m.serial, '')), null, null, null, t.id, t.number, null, null, m.by
      from stock_movements m join parts p on p.id = m.part_id join tickets t on t.id = m.ticket_id
      where t.asset_id = ${assetId} and m.kind = 'consume'
    ) entry
    where ${before}
    order by at desc, row_id desc
    limit ${limit + 1}`)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({
      at: new Date(row.at).toISOString(),
      kind: row.kind,
      title: titleOf(row),
      ticketId: row.ticket_id,
      ticketNumber: row.ticket_number,
      alarmId: row.alarm_id,
      endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
      by: row.by,
    })),
    nextCursor: last ? `${new Date(last.at).toISOString()}_${last.row_id}` : null,
  }
}

/** An alarm by the worst it came to. */
function titleOf({ title, level, signal_name: signalName, failure_mode_name: failureModeName, row_id: id }: Row): Text {
  if (title) return title
  if (level === null || !signalName || !failureModeName) throw new Error(`entry ${id} of a timeline has no words`)
  return alarmTitle({ level, signalName, failureModeName })
}

function placeBefore(cursor: string) {
  const [, at, rowId] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(cursor) ?? []
  if (at === undefined || rowId === undefined || Number.isNaN(Date.parse(at))) {
    throw new DomainError('request/invalid', 'the cursor does not belong to this list')
  }
  return sql`(at, row_id) < (${at}::timestamptz, ${rowId}::uuid)`
}
