import net from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from './free-port.ts'

it('gives a port that can be listened on', async () => {
  const port = await freePort()
  const server = net.createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  expect(server.address()).toMatchObject({ port })
  await new Promise((resolve) => server.close(resolve))
})
