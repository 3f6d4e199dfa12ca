import { ApiError, addressOf, refusalOf } from '@fettle/contracts/client'
import { exportRowsHeader, requestIdHeader } from '@fettle/contracts/exports'
import type { RequestOf, RouteContract } from '@fettle/contracts/route'
import type { Language } from '../i18n/setup.ts'
import { createRowCounter } from './row-counter.ts'

/** An operation that answers a list as CSV. */
export type ExportContract = RouteContract & { readonly method: 'GET' }

/** A list that can be taken away, with the filters that it shows. */
export interface ListFile {
  /** Where it is asked for, without language and zone. */
  readonly address: string
  readonly operation: string
  /** What it is called, such as 工单. */
  readonly name: string
}

/** `listFile(exportTickets, { q, open: true }, '工单')`: typed by the contract of the export. */
export function listFile<C extends ExportContract>(
  contract: C,
  querystring: RequestOf<C> extends { querystring: infer Q } ? Omit<Q, 'language' | 'zone'> : never,
  name: string,
): ListFile {
  // Language and zone come with the reader; nothing else of the request is left open.
  const request: unknown = { querystring }
  return { address: addressOf(contract, request as RequestOf<C>), operation: contract.schema.operationId, name }
}

export interface Progress {
  readonly rows: number
  /** About how many there will be; null when only the rows themselves tell. */
  readonly total: number | null
}

interface DownloadOptions {
  readonly language: Language
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Reads the whole file. Throws ApiError when it is refused or breaks off: half a list is none. */
export async function download(
  { address }: Pick<ListFile, 'address'>,
  { language, signal, onProgress }: DownloadOptions,
): Promise<{ content: Blob; rows: number }> {
  const response = await fetch(inZone(address, language), { signal }).catch((cause: unknown) => {
    throw signal.aborted ? cause : new ApiError(0, null, { cause })
  })
  if (!response.ok || response.body === null) throw await refusalOf(response)
  const counter = createRowCounter()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const total = numberOf(response.headers.get(exportRowsHeader))
  onProgress({ rows: 0, total })
  const reader = response.body.getReader()
  while (true) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw signal.aborted ? cause : brokenOff(response, cause)
    })
    if (done) break
    pieces.push(value)
    counter.take(value)
    onProgress({ rows: counter.rows(), total })
  }
  return { content: new Blob(pieces, { type: 'text/csv;charset=utf-8' }), rows: counter.rows() }
}

function inZone(address: string, language: Language): string {
  const url = new URL(address, location.origin)
  url.searchParams.set('language', language)
  url.searchParams.set('zone', Intl.DateTimeFormat().resolvedOptions().timeZone)
  return url.href
}

function numberOf(header: string | null): number | null {
  return header === null ? null : Number(header)
}

/** It had begun, so there is a request to quote. */
function brokenOff(response: Response, cause: unknown): ApiError {
  const code = 'server/unavailable'
  const instance = response.headers.get(requestIdHeader) ?? undefined
  const title = 'the file broke off'
  return new ApiError(
    0,
    { type: `https://fettle.dev/problems/${code}`, title, status: 503, code, ...(instance && { instance }) },
    { cause },
  )
}

/** Gives the file to the browser's downloads. */
export function keepFile(content: Blob, fileName: string) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
