/** A configured topic: the filter to subscribe to, and the test whether a message belongs to it. */
export interface Topic {
  ok: true
  /** Standard MQTT filter, `{deviceKey}` replaced by `+`. */
  filter: string
  namesDevice: boolean
  /** Undefined when the topic does not match; `deviceKey` is what stands at the placeholder, if there is one. */
  match(topic: string): { deviceKey?: string } | undefined
}

const placeholder = '{deviceKey}'

/** Compiles an MQTT filter in which one whole level may be `{deviceKey}`; `+` and `#` as in MQTT 3.1.1 §4.7. */
export function compileTopic(pattern: string): Topic | { ok: false; fault: string } {
  const levels = pattern.split('/')
  const fault = faultOf(levels)
  if (fault !== undefined) return { ok: false, fault }
  const deviceAt = levels.indexOf(placeholder)
  const open = levels.at(-1) === '#'
  const fixed = open ? levels.slice(0, -1) : levels
  return {
    ok: true,
    filter: levels.map((level) => (level === placeholder ? '+' : level)).join('/'),
    namesDevice: deviceAt !== -1,
    match(topic) {
      const actual = topic.split('/')
      if (open ? actual.length < fixed.length : actual.length !== fixed.length) return undefined
      if (!fixed.every((level, i) => level === '+' || level === placeholder || level === actual[i])) return undefined
      const deviceKey = actual[deviceAt]
      return deviceKey === undefined ? {} : { deviceKey }
    },
  }
}

function faultOf(levels: string[]): string | undefined {
  if (levels.filter((level) => level === placeholder).length > 1) return `${placeholder} may stand only once`
  for (const [index, level] of levels.entries()) {
    if (level.includes(placeholder) && level !== placeholder)
      return `${placeholder} must be a whole level, not part of "${level}"`
    if (level.includes('+') && level !== '+') return `+ must be a whole level, not part of "${level}"`
    if (level.includes('#') && (level !== '#' || index !== levels.length - 1)) return '# must be the whole last level'
  }
  return undefined
}

/** What a subscription to Sparkplug messages covers; a group or node that is not given is any. */
export interface SparkplugScope {
  group?: string
  node?: string
}

/**
 * Takes `spBv1.0/{group}/#` or `spBv1.0/{group}/+/{edge node}/#` apart, with `+` for any group or node. Undefined for every
 * other filter: one that brings data without births, or devices without their node, cannot be made sense of.
 */
export function sparkplugScope(pattern: string): SparkplugScope | undefined {
  const [namespace, group = '', ...rest] = pattern.split('/')
  const [types, node = '', end] = rest.length === 1 ? ['+', '+', rest[0]] : rest
  if (namespace !== 'spBv1.0' || rest.length > 3 || types !== '+' || end !== '#') return undefined
  if ([group, node].some((level) => level === '' || level === '#' || level === placeholder)) return undefined
  return { ...(group !== '+' && { group }), ...(node !== '+' && { node }) }
}
