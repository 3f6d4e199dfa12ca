/** `138****6021`: enough to recognise, too little to call. */
export function maskPhone<T extends string | null>(phone: T): T {
  return (phone === null ? null : phone.replace(/^(.{0,3}).*(.{4})$/, '$1****$2')) as T
}
