import type { Shape } from '../../i18n/locale-shape.ts'
import type { session as zh } from '../zh/session.ts'

export const session: Shape<typeof zh> = {
  title: 'Sign in',
  lead: 'Know what ails a machine before it stops.',
  comeBack: 'Sign in, and you will be back where you were.',
  language: 'Language',
  username: 'Username',
  usernameMissing: 'Enter your username',
  password: 'Password',
  passwordMissing: 'Enter your password',
  submit: 'Sign in',
  wrong: 'That username and password do not match. Please try again.',
  locked_one:
    'Too many wrong passwords in a row: nobody can sign in under this name for now. Try again in about {{count}} minute, or ask an administrator to unlock it.',
  locked_other:
    'Too many wrong passwords in a row: nobody can sign in under this name for now. Try again in about {{count}} minutes, or ask an administrator to unlock it.',
  demo: 'Demonstration accounts',
  demoHint: 'One press signs you in. The password is always {{password}}.',
  version: 'Version {{version}}',
  promise: {
    first: 'Machines that ask for help, and prove they were helped.',
    second: 'One chain from the signal that crossed its limit to the visit, the parts and the margin.',
  },
}
