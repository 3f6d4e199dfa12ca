import type { Role } from '@fettle/contracts/roles'

/** Who is calling, with what their scope is measured by. */
export interface Actor {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly role: Role
  readonly engineerId: string | null
  readonly customerId: string | null
  readonly branchId: string | null
  /** Prefix of the 省市区 codes that they see; '' is everywhere. */
  readonly regionPrefix: string
}
