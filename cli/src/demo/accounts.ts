/** The password of every demo account; published, so they exist in demo mode only. */
export const demoPassword = 'fettle-demo'

/** One account for each role, in the order that the sign-in page offers them. */
export const demoAccounts = [
  'admin',
  'manager',
  'dispatcher',
  'desk',
  'engineer',
  'branch',
  'storekeeper',
  'finance',
  'expert',
  'quality',
  'customer',
] as const
