/**
 * A node as a configuration names it: `ns=2;s=Pump.Flow`, `i=2258`, or, better, `nsu=urn:maker:machine;s=Pump.Flow`, for
 * the number of a namespace may change with each start of its server. Identifiers are `i=` numbers, `s=` texts, `g=` GUIDs
 * and `b=` Base64 (OPC UA Part 6, 5.3.1.10).
 */
export const nodeIdPattern = String.raw`^(ns=\d{1,5};|nsu=[^;]+;)?(i=\d{1,10}|s=[\s\S]+|g=[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|b=[A-Za-z0-9+/]+={0,2})$`

export type ResolvedNodeId = { ok: true; nodeId: string } | { ok: false; reason: string }

/** Puts the number that this server gives a namespace in the place of its name. `nodeId` must match `nodeIdPattern`. */
export function resolveNodeId(nodeId: string, namespaces: readonly string[]): ResolvedNodeId {
  if (!nodeId.startsWith('nsu=')) return { ok: true, nodeId }
  const end = nodeId.indexOf(';')
  const uri = unescapeUri(nodeId.slice('nsu='.length, end))
  const index = namespaces.indexOf(uri)
  if (index === -1) {
    return { ok: false, reason: `the server has no namespace ${uri}, only ${namespaces.join(', ') || 'none at all'}` }
  }
  return { ok: true, nodeId: `ns=${index}${nodeId.slice(end)}` }
}

/** A URI in a node id has its `;` and `%` escaped (Part 6, 5.3.1.11). */
const unescapeUri = (uri: string): string => uri.replaceAll(/%3b/gi, ';').replaceAll('%25', '%')
