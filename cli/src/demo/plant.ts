import path from 'node:path'
import type { Database } from '@fettle/db/client'
import { createFleetSimulator } from '@fettle/devices-sim/simulator'
import { createGateway } from '@fettle/gateway/gateway'
import type { Clock } from '@fettle/platform/clock'
import { compose, type Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { directAssetKeys, gateways as demoGateways } from '@fettle/provisioning/demo/gateways'
import type { Secrets } from './credentials.ts'
import { demoGatewayConfig } from './gateway-config.ts'
import { scheduleFor, type Opening } from './opening.ts'
import { createRepairs } from './repairs.ts'

/** What the demonstration brings into the data thread. */
export interface PlantPlan {
  secrets: Secrets
  opening: Opening
}

export interface PlantOptions extends PlantPlan {
  database: Pick<Database, 'pool'>
  dataDir: string
  /** Of the platform's broker; asked when the plant starts. */
  mqttUrl: () => string
  simPort: number
  clock: Clock
  logger: Logger
}

export interface Plant extends Service {
  simUrl(): string
}

const simulationSeed = 1

/** The customers' side of the demonstration: simulated machines, and a real gateway at every site that has one. */
export function createPlant(options: PlantOptions): Plant {
  const { database, dataDir, mqttUrl, simPort, secrets, opening, clock, logger } = options
  let running: { service: Service; simUrl: string } | undefined

  function secretOf(username: string): string {
    const secret = secrets[username]
    if (secret === undefined) throw new Error(`the demonstration has no secret for ${username}`)
    return secret
  }

  async function start(): Promise<void> {
    const url = mqttUrl()
    const simulator = createFleetSimulator({
      clock,
      logger: logger.child({ part: 'devices-sim' }),
      seed: simulationSeed,
      schedule: scheduleFor(opening),
      ports: { control: simPort },
      pkiFolder: path.join(dataDir, 'simulator', 'pki'),
      platformMqtt: {
        url,
        credentials: Object.fromEntries(
          directAssetKeys.map((key) => [key, { username: key, password: secretOf(key) }]),
        ),
      },
    })
    await simulator.start()
    try {
      const gateways = demoGateways.map((gateway) => {
        const endpoints = simulator.endpoints().filter(({ site }) => site === gateway.siteKey)
        const config = demoGatewayConfig({ gateway, endpoints, platform: { url, password: secretOf(gateway.key) } })
        return createGateway(config, {
          clock,
          logger: logger.child({ part: gateway.key }),
          dataDir: path.join(dataDir, 'gateways', gateway.key),
        })
      })
      const repairs = createRepairs({ database, fleet: simulator, since: new Date(clock.now()), logger })
      const service = compose([...gateways, repairs], logger, { name: 'gateways' })
      await service.start()
      running = { service: inReverse(service, simulator), simUrl: simulator.controlUrl() ?? '' }
    } catch (error) {
      await simulator.stop()
      throw error
    }
  }

  return {
    name: 'plant',
    start,
    async stop() {
      await running?.service.stop()
      running = undefined
    },
    simUrl: () => running?.simUrl ?? '',
  }
}

/** Gateways stop while their machines still answer. */
function inReverse(gateways: Service, simulator: Service): Service {
  return {
    ...gateways,
    async stop() {
      await gateways.stop()
      await simulator.stop()
    },
  }
}
