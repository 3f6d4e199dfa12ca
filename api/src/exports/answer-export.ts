import { defaultExportZone, exportRowsHeader, requestIdHeader } from '@fettle/contracts/exports'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { recordAudit } from '../audit/record.ts'
import type { Dependencies } from '../dependencies.ts'
import { auditOf } from '../writes.ts'
import { csvFile, type ListRows } from './csv-file.ts'
import { voiceOf } from './voice.ts'

type ExportRequest = FastifyRequest<{ Querystring: { language?: 'zh' | 'en'; zone?: string } }>

/**
 * Answers a list as a CSV file. Who took what is on the audit trail before the first row leaves: `entity` names it there
 * and in the name of the file.
 */
export async function answerExport<Row>(
  { database, clock }: Dependencies,
  request: ExportRequest,
  reply: FastifyReply,
  { entity, ...list }: ListRows<Row> & { readonly entity: string },
) {
  const { language = 'zh', zone = defaultExportZone } = request.query
  const voice = voiceOf(language, zone)
  const { rows, content } = await csvFile(list, voice)
  const entry = auditOf(request, clock, 200, { entity, entityId: null })
  const detail = { query: request.query, rows: rows ?? null }
  await database.db.transaction((tx) => recordAudit(tx, { ...entry, detail }))

  const day = voice.time(new Date(clock.now()).toISOString()).slice(0, 10)
  void reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${entity}s-${day}.csv"`)
    .header('cache-control', 'no-store')
    .header(requestIdHeader, request.id)
  if (rows !== undefined) void reply.header(exportRowsHeader, rows)
  return reply.send(content)
}
