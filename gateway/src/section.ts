import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Complaint } from './driver.ts'

export type Section<T> = { ok: true; value: T } | { ok: false; complaints: Complaint[] }

/** Fills in a schema's defaults and checks the result; `input` stays as it is. */
export function readSection<S extends TSchema>(schema: S, input: unknown): Section<Static<S>> {
  const value = Value.Default(schema, Value.Clone(input))
  if (Value.Check(schema, value)) return { ok: true, value }
  // An unknown property is reported twice; its own "schema is false" says less.
  const errors = Value.Errors(schema, value).filter(({ keyword }) => keyword !== 'boolean')
  return { ok: false, complaints: errors.map(complaintOf) }
}

interface SchemaError {
  keyword: string
  instancePath: string
  message: string
  params: object
}

/** The schema's error in a sentence that names the thing itself, for those mistakes that are made most. */
function complaintOf({ keyword, instancePath, message, params }: SchemaError): Complaint {
  const path = instancePath.replace(/^\//, '')
  switch (keyword) {
    case 'additionalProperties':
      return { path, message: `does not know ${listOf(params, 'additionalProperties')}` }
    case 'required':
      return { path, message: `needs ${listOf(params, 'requiredProperties')}` }
    case 'enum':
      return { path, message: `must be one of ${listOf(params, 'allowedValues')}` }
    default:
      return { path, message }
  }
}

function listOf(params: object, name: string): string {
  const list = (params as Record<string, unknown>)[name]
  return Array.isArray(list) ? list.join(', ') : String(list)
}
