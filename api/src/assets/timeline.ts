import type { TimelineEntry } from '@fettle/contracts/assets'
import type { DbOrTx } from '@fettle/db/client'
import { DomainError } from '@fettle/domain/domain-error'
import { sql } from 'drizzle-orm'

interface Row extends Record<string, unknown> {
  at: Date
  row_id: string
  kind: TimelineEntry['kind']
  title: TimelineEntry['title']
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
        jsonb_build_object('zh', (s.name->>'zh') || ' ' || (f.name->>'zh'), 'en', (s.name->>'en') || ': ' || (f.name->>'en')) as title,
        e.ticket_id, t.number as ticket_number, e.id as alarm_id,
        to_timestamp(e.cleared_ms / 1000.0) as ended_at, null as by
      from alarm_episodes e join signals s on s.id = e.signal_id join failure_modes f on f.id = e.failure_mode_id
        left join tickets t on t.id = e.ticket_id
      where e.asset_id = ${assetId}
      union all
      select t.occurred_at, t.id, 'ticket', t.title, t.id, t.number, null, t.closed_at, null
      from tickets t where t.asset_id = ${assetId}
      union all
      select v.checked_in_at, v.id, 'visit',
        jsonb_build_object('zh', '上门维修', 'en', 'Visit on site'), t.id, t.number, null, v.checked_out_at, g.name
      from visits v join tickets t on t.id = v.ticket_id join engineers g on g.id = v.engineer_id
      where t.asset_id = ${assetId} and v.checked_in_at is not null
      union all
      select m.at, m.id, 'part',
        jsonb_build_object('zh', '更换 ' || (p.name->>'zh') || coalesce(' ' || m.serial, ''),
          'en', 'Replaced ' || (p.name->>'en') || coalesce(' ' || m.serial, '')), t.id, t.number, null, null, m.by
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
      title: row.title,
      ticketId: row.ticket_id,
      ticketNumber: row.ticket_number,
      alarmId: row.alarm_id,
      endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
      by: row.by,
    })),
    nextCursor: last ? `${new Date(last.at).toISOString()}_${last.row_id}` : null,
  }
}

function placeBefore(cursor: string) {
  const [, at, rowId] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(cursor) ?? []
  if (at === undefined || rowId === undefined || Number.isNaN(Date.parse(at))) {
    throw new DomainError('request/invalid', 'the cursor does not belong to this list')
  }
  return sql`(at, row_id) < (${at}::timestamptz, ${rowId}::uuid)`
}
