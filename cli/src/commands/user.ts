import type { Command } from 'commander'
import { Option } from 'commander'
import { roles } from '@fettle/contracts/roles'
import type { NewUser } from './user-actions.ts'

/** People who may sign in. */
export function addUserCommand(program: Command): void {
  const user = program.command('user').description('accounts: the first administrator, forgotten passwords and locks')

  user
    .command('add')
    .description('add an account; asks for its password, or reads it from standard input')
    .argument('<username>')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--name <name>', 'how people call them; default: the username')
    .option('--engineer <key>', 'the engineer that it belongs to')
    .option('--customer <key>', 'the customer whose machines it sees')
    .option('--branch <key>', 'the branch that it belongs to')
    .option('--region <prefix>', 'beginning of the 省市区 codes that it sees, such as 37; default: all')
    .action(async (username: string, options: Omit<NewUser, 'username' | 'region'> & { region?: string }) =>
      (await import('./user-actions.ts')).addUser({ region: '', ...options, username }),
    )

  user
    .command('password')
    .description('give an account a new password and end its sessions')
    .argument('<username>')
    .action(async (username: string) => (await import('./user-actions.ts')).changePassword(username))

  user
    .command('unlock')
    .description('let an account sign in again at once that was locked after wrong passwords')
    .argument('<username>')
    .action(async (username: string) => (await import('./user-actions.ts')).unlockUser(username))
}
