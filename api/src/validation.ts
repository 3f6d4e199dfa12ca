import type { FastifySchema, FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { unstorableText } from './unstorable-text.ts'

/**
 * Validates with TypeBox. Text that came in the URL is converted to the declared type first; bodies are taken at their word,
 * so `"12"` is no integer there. Unknown query fields are refused too: a misspelt filter must not list everything. So is text
 * that no row can hold.
 */
export const validatorCompiler: FastifySchemaCompiler<FastifySchema & TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  const inUrl = httpPart === 'querystring' || httpPart === 'params'
  const known =
    httpPart === 'querystring' ? new Set(Object.keys((schema as { properties?: object }).properties ?? {})) : null
  return (input: unknown) => {
    const unknownField = known && Object.keys((input as object | null) ?? {}).find((name) => !known.has(name))
    if (unknownField !== undefined && unknownField !== null) {
      return { error: [invalid(`/${unknownField}`, 'is not a known filter')] }
    }
    const value = inUrl ? Value.Convert(schema, Value.Default(schema, { ...(input as object) })) : input
    const fault = unstorableText(value)
    if (fault) return { error: [invalid(fault.path, fault.reason)] }
    if (validator.Check(value)) return { value }
    return {
      error: validator
        .Errors(value)
        .slice(0, 20)
        .map(({ instancePath, message }) => invalid(instancePath, message)),
    }
  }
}

function invalid(instancePath: string, message: string) {
  return { keyword: 'invalid', instancePath, schemaPath: '', params: {}, message }
}
