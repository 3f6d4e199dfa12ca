import { operations } from '@fettle/contracts/operations'
import { expect, it } from 'vitest'
import { audit } from '../../locales/zh/audit.ts'

const writes = Object.values(operations).flatMap(({ method, schema }) => (method === 'GET' ? [] : [schema.operationId]))

it.each(writes)('%s has a name in the trail', (operationId) => expect(audit.operation).toHaveProperty(operationId))
