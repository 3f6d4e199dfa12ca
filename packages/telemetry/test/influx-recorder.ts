import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll } from 'vitest'

export interface Recorded {
  readonly method: string
  readonly path: string
  readonly parameters: Record<string, string>
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

/** A server of loopback that keeps what it is asked and answers as it is told; it ends with the file. */
export async function influxRecorder(answer: (request: Recorded) => Answer | Promise<Answer>) {
  const requests: Recorded[] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://recorder')
      const bytes = Buffer.concat(chunks)
      const recorded: Recorded = {
        method: incoming.method ?? '',
        path: url.pathname,
        parameters: Object.fromEntries(url.searchParams),
        headers: incoming.headers,
        body: (incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString(),
      }
      requests.push(recorded)
      void Promise.resolve(answer(recorded)).then(({ status, headers = {}, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}
