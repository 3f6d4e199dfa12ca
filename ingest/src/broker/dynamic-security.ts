import { randomUUID } from 'node:crypto'
import { batchTopic, deviceAckTopic, gatewayAckTopic, telemetryTopic } from '@fettle/contracts/uplink'
import { gatewayStatusTopic } from '@fettle/contracts/gateway-status'
import { connectAsync, type MqttClient } from 'mqtt'
import { BrokerError } from './broker-error.ts'
import type { Identity } from './topics.ts'

/** The accounts of devices and gateways on a broker of somebody else. All of it may be repeated without harm. */
export interface BrokerAccounts {
  /** Makes an account for the platform itself and answers the URL to connect with; whoever used the account before is sent away. */
  preparePlatform(): Promise<string>
  /** The same where the broker has lost the account; undefined where it is there, so that somebody else has it now. */
  restorePlatform(): Promise<string | undefined>
  /** Makes the account of a device or gateway, or gives it another secret; it may use its own topics and nothing else. */
  grant(identity: Identity, secret: string): Promise<void>
  /** Ends the account, and its connection with it. */
  revoke(username: string): Promise<void>
  /** Everybody who has an account that `grant` made. */
  usernames(): Promise<string[]>
  close(): Promise<void>
}

const commandTopic = '$CONTROL/dynamic-security/v1'
const answerTopic = `${commandTopic}/response`
const platform = 'fettle-platform'
const rolePrefix = 'fettle/'
const answerWithinMs = 10_000

interface Command {
  readonly command: string
  readonly [field: string]: unknown
}

interface Answer {
  readonly command: string
  readonly error?: string
  readonly data?: unknown
}

/**
 * Mosquitto's dynamic-security plugin, by the commands that its documentation lists: an account for each device or gateway and a
 * role with its topics. `url` has the account that administers the plugin, as `mosquitto_ctrl dynsec init` made it.
 */
export function createDynamicSecurity(url: string): BrokerAccounts {
  const { host } = new URL(url)
  let opening: Promise<MqttClient> | undefined
  const waiting = new Map<string, (answers: readonly Answer[]) => void>()

  async function open(): Promise<MqttClient> {
    const client = await connectAsync(
      url,
      { protocolVersion: 5, reconnectPeriod: 1_000, reconnectOnConnackError: true },
      false,
    )
    client.on('error', () => {}) // a command that gets no answer says so
    client.on('message', (_, payload) => {
      const { responses } = JSON.parse(payload.toString()) as { responses: (Answer & { correlationData?: string })[] }
      const name = responses[0]?.correlationData
      if (name !== undefined) waiting.get(name)?.(responses)
    })
    await client.subscribeAsync(answerTopic, { qos: 1 })
    return client
  }

  async function connection(): Promise<MqttClient> {
    opening ??= open()
    try {
      return await opening
    } catch (error) {
      opening = undefined
      const refused = [0x86, 0x87].includes((error as { code?: number }).code ?? 0)
      throw new BrokerError(
        refused ? 'broker/refused' : 'broker/unreachable',
        refused
          ? `The MQTT broker at ${host} refuses the account that should administer it.`
          : `The MQTT broker at ${host} does not answer (${error instanceof Error ? error.message : String(error)}).`,
        error,
      )
    }
  }

  /** Sends commands together; their answers in the same order. */
  async function ask(...commands: Command[]): Promise<readonly Answer[]> {
    const client = await connection()
    // The client would keep them for later, when nobody waits for them any more.
    if (!client.connected) throw new BrokerError('broker/unreachable', `The MQTT broker at ${host} is away.`)
    const correlationData = randomUUID()
    const message = { commands: commands.map((each) => ({ ...each, correlationData })) }
    let expired: NodeJS.Timeout | undefined
    try {
      return await new Promise<readonly Answer[]>((resolve, reject) => {
        const late = () => reject(new BrokerError('broker/account', 'the dynamic-security plugin does not answer'))
        expired = setTimeout(late, answerWithinMs)
        waiting.set(correlationData, resolve)
        client.publishAsync(commandTopic, JSON.stringify(message), { qos: 1 }).catch(reject)
      })
    } finally {
      clearTimeout(expired)
      waiting.delete(correlationData)
    }
  }

  /** Like `ask`, but what the plugin refuses is an error, unless it is one of `expected`. */
  async function must(commands: readonly Command[], expected: readonly string[] = []): Promise<void> {
    for (const { command, error } of await ask(...commands)) {
      if (error === undefined || expected.includes(error)) continue
      throw new BrokerError('broker/account', `the broker did not carry out ${command}: ${error}`)
    }
  }

  /**
   * Changing a role or an account ends the connections of its users. So a role, whose topics never change, is only ever made, and
   * the administrator's own account is left alone.
   */
  async function ensureAccount(account: Account, acls: readonly Right[]) {
    if (await createAccount(account, acls)) return
    await must([{ command: 'modifyClient', ...account }])
  }

  /** False when there is one already. */
  async function createAccount(account: Account, acls: readonly Right[]): Promise<boolean> {
    for (const { rolename } of account.roles) {
      await must([{ command: 'createRole', rolename, acls }], ['Role already exists'])
    }
    const [made] = await ask({ command: 'createClient', ...account })
    if (made?.error === undefined) return true
    if (made.error === 'Client already exists') return false
    throw new BrokerError('broker/account', `the broker made no account for ${account.username}: ${made.error}`)
  }

  return {
    async preparePlatform() {
      const account = platformAccount()
      await ensureAccount(account, platformRights)
      return urlOf(url, account)
    },
    async restorePlatform() {
      const account = platformAccount()
      return (await createAccount(account, platformRights)) ? urlOf(url, account) : undefined
    },
    grant: (identity, secret) =>
      ensureAccount(
        { username: identity.key, password: secret, roles: [{ rolename: `${rolePrefix}${identity.key}` }] },
        rightsOf(identity),
      ),
    async revoke(username) {
      const gone = ['Client not found', 'Role not found']
      await must([{ command: 'deleteClient', username }], gone)
      await must([{ command: 'deleteRole', rolename: `${rolePrefix}${username}` }], gone)
    },
    async usernames() {
      const [answer] = await ask({ command: 'listClients', verbose: true })
      const { clients } = (answer?.data ?? { clients: [] }) as { clients: ListedAccount[] }
      return clients
        .filter(({ username, roles }) => roles?.some(({ rolename }) => rolename === `${rolePrefix}${username}`))
        .map(({ username }) => username)
    },
    async close() {
      const ending = opening
      opening = undefined
      await ending?.then(
        (client) => client.endAsync(true),
        () => {},
      )
    },
  }
}

interface Account {
  readonly username: string
  readonly password: string
  readonly roles: readonly { readonly rolename: string }[]
}

/** As the plugin lists it: without its password, and perhaps without roles. */
type ListedAccount = Pick<Account, 'username'> & Partial<Pick<Account, 'roles'>>

const platformAccount = (): Account => ({
  username: platform,
  password: randomUUID(),
  roles: [{ rolename: platform }],
})

function urlOf(url: string, { username, password }: Account): string {
  const own = new URL(url)
  own.username = username
  own.password = password
  return own.href
}

interface Right {
  readonly acltype: string
  readonly topic: string
  readonly allow: true
}

const right = (acltype: string, topic: string): Right => ({ acltype, topic, allow: true })

const platformRights = ['subscribePattern', 'publishClientReceive', 'publishClientSend'].map((type) =>
  right(type, 'fettle/v1/#'),
)

function rightsOf({ kind, key }: Identity): Right[] {
  const [sends, hears] =
    kind === 'device'
      ? [[telemetryTopic(key)], deviceAckTopic(key)]
      : [[batchTopic(key), gatewayStatusTopic(key)], gatewayAckTopic(key)]
  return [
    ...sends.map((topic) => right('publishClientSend', topic)),
    right('subscribeLiteral', hears),
    right('publishClientReceive', hears),
  ]
}
