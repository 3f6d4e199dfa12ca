/** Exception codes of the MODBUS Application Protocol V1.1b3, §7. */
export const exceptions = {
  illegalFunction: 1,
  illegalAddress: 2,
  illegalValue: 3,
  noResponseBehindGateway: 0x0b,
} as const
type Exception = (typeof exceptions)[keyof typeof exceptions]

const readHoldingRegisters = 3
/** What fits into one answer; real devices refuse more. */
const maxRegisters = 125

/**
 * Answers a request, function code first and without address or checksum, from the registers' contents. The controllers
 * are read-only: only function 3 exists.
 */
export function answerRequest(request: Buffer, image: ReadonlyMap<number, number>): Buffer {
  const functionCode = request[0] ?? 0
  if (functionCode !== readHoldingRegisters) return exceptionResponse(functionCode, exceptions.illegalFunction)
  if (request.length !== 5) return exceptionResponse(functionCode, exceptions.illegalValue)
  const address = request.readUInt16BE(1)
  const count = request.readUInt16BE(3)
  if (count < 1 || count > maxRegisters) return exceptionResponse(functionCode, exceptions.illegalValue)

  const response = Buffer.alloc(2 + 2 * count)
  response[0] = functionCode
  response[1] = 2 * count
  for (let i = 0; i < count; i++) {
    const word = image.get(address + i)
    if (word === undefined) return exceptionResponse(functionCode, exceptions.illegalAddress)
    response.writeUInt16BE(word, 2 + 2 * i)
  }
  return response
}

export function exceptionResponse(functionCode: number, exception: Exception): Buffer {
  return Buffer.from([functionCode | 0x80, exception])
}
