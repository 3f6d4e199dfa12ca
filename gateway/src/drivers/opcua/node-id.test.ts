import { expect, it } from 'vitest'
import { nodeIdPattern, resolveNodeId } from './node-id.ts'

const namespaces = ['http://opcfoundation.org/UA/', 'urn:line', 'urn:woheng:machines', 'urn:a;b%']

it.each([
  ['nsu=urn:woheng:machines;s=VMC850-2107-0031.spindle_load', 'ns=2;s=VMC850-2107-0031.spindle_load'],
  ['nsu=urn:woheng:machines;s=a;b', 'ns=2;s=a;b'],
  ['nsu=urn:a%3Bb%25;i=7', 'ns=3;i=7'],
  ['nsu=http://opcfoundation.org/UA/;i=2258', 'ns=0;i=2258'],
  ['ns=5;s=x', 'ns=5;s=x'],
  ['i=2258', 'i=2258'],
])('%s is %s', (nodeId, resolved) => {
  expect(nodeId).toMatch(new RegExp(nodeIdPattern))
  expect(resolveNodeId(nodeId, namespaces)).toEqual({ ok: true, nodeId: resolved })
})

it('says which namespaces there are', () => {
  expect(resolveNodeId('nsu=urn:lime;s=x', ['urn:server', 'urn:line'])).toEqual({
    ok: false,
    reason: 'the server has no namespace urn:lime, only urn:server, urn:line',
  })
})

it.each(['pump.flow', 'ns=2', 'ns=x;i=1', 'i=-1', 's=', 'nsu=;i=1', 'g=12', 'ns=2;g=x', 'b=$'])(
  'there is no node id %s',
  (nodeId) => expect(nodeId).not.toMatch(new RegExp(nodeIdPattern)),
)
