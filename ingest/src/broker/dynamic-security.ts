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
  let opening: Promise<MqttClient> | undefined
  const waiting = new Map<string, (answers: readonly Answer[]) => void>()

  async function open(): Promise<MqttClient> {
    const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 1_000 }, false)
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
      const { host } = new URL(url)
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
    const correlationData = randomUUID()
    const answered = new Promise<readonly Answer[]>((resolve, reject) => {
      const late = () => reject(new BrokerError('broker/account', 'the dynamic-security plugin does not answer'))
      const expired = setTimeout(late, answerWithinMs)
      waiting.set(correlationData, (answers) => {
        clearTimeout(expired)
        resolve(answers)
      })
    })
    try {
      const message = { commands: commands.map((each) => ({ ...each, correlationData })) }
      await client.publishAsync(commandTopic, JSON.stringify(message), { qos: 1 })
      return await answered
    } finally {
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
  async function ensureAccount(username: string, password: string, rolename: string, acls: readonly Right[]) {
    await must([{ command: 'createRole', rolename, acls }], ['Role already exists'])
    const account = { username, password, roles: [{ rolename }] }
    const [made] = await ask({ command: 'createClient', ...account })
    if (made?.error === undefined) return
    if (made.error !== 'Client already exists') {
      throw new BrokerError('broker/account', `the broker made no account for ${username}: ${made.error}`)
    }
    await must([{ command: 'modifyClient', ...account }])
  }

  return {
    async preparePlatform() {
      const password = randomUUID()
      const rights = (['subscribePattern', 'publishClientReceive', 'publishClientSend'] as const).map((type) =>
        right(type, 'fettle/v1/#'),
      )
      await ensureAccount(platform, password, platform, rights)
      const own = new URL(url)
      own.username = platform
      own.password = password
      return own.href
    },
    grant: (identity, secret) =>
      ensureAccount(identity.key, secret, `${rolePrefix}${identity.key}`, rightsOf(identity)),
    async revoke(username) {
      const gone = ['Client not found', 'Role not found']
      await must([{ command: 'deleteClient', username }], gone)
      await must([{ command: 'deleteRole', rolename: `${rolePrefix}${username}` }], gone)
    },
    async usernames() {
      const [answer] = await ask({ command: 'listClients', verbose: true })
      const { clients } = (answer?.data ?? { clients: [] }) as { clients: Account[] }
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
  readonly roles?: readonly { readonly rolename: string }[]
}

interface Right {
  readonly acltype: string
  readonly topic: string
  readonly allow: true
}

const right = (acltype: string, topic: string): Right => ({ acltype, topic, allow: true })

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
