import type { Tx } from '@fettle/db/client'
import type { PositionedEntry } from '../store.ts'
import { chunksOf, newestOf } from './chunks.ts'
import { upsertLatest } from './latest.ts'
import { newestTextsOf, textReadingsOf } from './texts.ts'
import { insertChunks } from './write-chunks.ts'
import { upsertTexts } from './write-texts.ts'

/** Two statements, however many entries, and a third one when there are texts among them. */
export async function writeEntries(tx: Tx, entries: readonly PositionedEntry[]): Promise<void> {
  const chunks = chunksOf(entries)
  const texts = textReadingsOf(entries)
  if (chunks.length > 0) await insertChunks(tx, chunks)
  if (texts.length > 0) await upsertTexts(tx, texts)
  await upsertLatest(tx, [...newestOf(chunks), ...newestTextsOf(texts)])
}
