import type { Owner } from './data-layout.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'

/**
 * As whom initdb and postgres run, because PostgreSQL refuses root.
 *
 * `user-namespace` is `unshare -U`: the program stays our own user for the file system (so it enters our 0700 folders), but sees
 * itself as 65534 (so it does not refuse).
 */
export type RunAs =
  { kind: 'this-user' } | { kind: 'other-user'; uid: number; gid: number } | { kind: 'user-namespace' }

/** The user that owns nothing; every usual Linux has a passwd entry for it, which initdb needs. */
export const nobody: Owner = { uid: 65534, gid: 65534 }

/** What the choice depends on; asked of the operating system by `hostFacts`. */
export interface RunAsFacts {
  dataRoot: string
  /** Null on Windows, which has no user numbers. */
  uid: number | null
  /** Whether our uid has a name; initdb fails without. */
  hasUserName: boolean
  /** Owner of the cluster that exists already, or null. */
  clusterOwner: Owner | null
  /** Whether that user can execute PostgreSQL and enter the data folder. */
  canWork: (owner: Owner) => Promise<boolean>
  canUnshare: () => Promise<boolean>
}

/** Chooses, in the order of least surprise; throws one sentence with the way out when nothing is possible. */
export async function chooseRunAs(facts: RunAsFacts): Promise<RunAs> {
  const { uid, clusterOwner: owner } = facts
  if (uid === null) return { kind: 'this-user' }
  if (uid === 0) return chooseForRoot(facts)
  if (owner !== null && owner.uid !== uid) throw foreignCluster(facts, owner)
  if (facts.hasUserName) return { kind: 'this-user' }
  if (await facts.canUnshare()) return { kind: 'user-namespace' }
  throw new EmbeddedPostgresError(
    'data-folder/unusable',
    `PostgreSQL cannot run as user ${uid}, who has no entry in /etc/passwd; start as a user who has one, or set DATABASE_URL.`,
  )
}

async function chooseForRoot(facts: RunAsFacts): Promise<RunAs> {
  const { clusterOwner: owner, dataRoot } = facts
  if (owner?.uid !== 0) {
    // A cluster keeps the owner it was made with, also when that is the ordinary user who ran Fettle before.
    const user = owner ?? nobody
    if (await facts.canWork(user)) return { kind: 'other-user', ...user }
    if (owner !== null) throw foreignCluster(facts, owner)
  }
  if (await facts.canUnshare()) return { kind: 'user-namespace' }
  throw new EmbeddedPostgresError(
    'root/refused',
    `PostgreSQL refuses to run as root and nobody else may enter ${dataRoot} and the installed program: set FETTLE_DATA to a folder whose parents others may enter, ` +
      'or start Fettle as an ordinary user.',
  )
}

function foreignCluster({ dataRoot }: RunAsFacts, owner: Owner): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'data-folder/unusable',
    `The database in ${dataRoot} belongs to user ${owner.uid}, as whom PostgreSQL cannot be run from here: start Fettle as that user, ` +
      'or set FETTLE_DATA to a folder of your own.',
  )
}

/** A command line and the spawn options that run it as `runAs`. */
export interface Invocation {
  command: string
  args: string[]
  options: { uid?: number; gid?: number; env: NodeJS.ProcessEnv }
}

export function invocation(runAs: RunAs, program: string, args: readonly string[]): Invocation {
  const env = postgresEnvironment()
  switch (runAs.kind) {
    case 'this-user':
      return { command: program, args: [...args], options: { env } }
    case 'other-user':
      return { command: program, args: [...args], options: { uid: runAs.uid, gid: runAs.gid, env } }
    case 'user-namespace':
      // unshare replaces itself by the program, so the process id stays the one that we spawned.
      return { command: 'unshare', args: ['-U', '--', program, ...args], options: { env } }
  }
}

/**
 * Our environment without what would steer PostgreSQL from outside (`PGDATA`, `PGPORT`, …) and with a locale that exists
 * everywhere; the locale of the databases is given to initdb explicitly.
 */
function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|NODE_)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}
