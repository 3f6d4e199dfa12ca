import { replayDeadLetter } from '@fettle/contracts/gateways'
import { getHistory } from '@fettle/contracts/telemetry'
import { batchTopic, gatewayAckTopic, telemetryTopic, type GatewayAck } from '@fettle/contracts/uplink'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { badBatches, badTelemetry, type BadMessage } from './bad-input/bad-messages.ts'
import { letterBox } from './bad-input/letter-box.ts'
import { startSteadyDevice } from './bad-input/steady-device.ts'
import { differingHistories, isCaughtUp } from './crash/stored-readings.ts'
import { startInstance } from './instance.ts'
import { rawClient } from './uplink/raw-client.ts'
import { insertMachine } from './works/machines.ts'
import { persistentClient } from './works/persistent-client.ts'
import type { MachineOfWorks } from './works/machines.ts'
import { buildWorks, inDatabase } from './works/works.ts'

const folder = await tempFolder('bad-input')
const instance = await startInstance({ demo: false, dataDir: folder.path, web: false })
const works = await buildWorks(instance.databaseUrl, { direct: 2, behindGateway: 1 })
const [good, bad, behind] = works.machines as [MachineOfWorks, MachineOfWorks, MachineOfWorks]
const { gatewayKey } = works
const url = instance.mqttUrl
const admin = await persistentClient({ origin: () => instance.url, username: 'admin', password: works.password })
const letters = letterBox(admin)
const steady = startSteadyDevice(good, () => url, works.secretOf(good.key))
const nowMs = Date.now()
const bootId = 'boot-1'

const device = await rawClient({ url, username: bad.key, password: works.secretOf(bad.key) })
const gateway = await rawClient({
  url,
  username: gatewayKey,
  password: works.secretOf(gatewayKey),
  subscribeTo: gatewayAckTopic(gatewayKey),
})

/** Whatever happened in a test: the good machine goes on, and so do the connections that bad input came on. */
afterEach(async () => {
  await steady.flows()
  await device.publish(telemetryTopic(bad.key), JSON.stringify({ separator_dp: 0.03 }))
  await gateway.publish(gatewayTopic, batch(9_999, []))
  const objections = await letters.fresh()
  if (objections.length > 0) throw new Error(`good messages were refused: ${JSON.stringify(objections)}`)
})

afterAll(async () => {
  device.close()
  gateway.close()
  await steady.stop()
  const signalIds = [...good.signalIds.values()]
  await eventually(() => isCaughtUp(admin, signalIds, steady.ledger), { what: 'the last good reading to be stored' })
  const differing = await differingHistories(admin, signalIds, steady.ledger)
  if (differing.length > 0) throw new Error(`the good machine was disturbed: ${differing.join('; ')}`)
  await instance.stop()
  await folder.remove()
})

const gatewayTopic = batchTopic(gatewayKey)
const batch = (seq: number, readings: readonly unknown[], boot = 'boot-of-good-batches') =>
  JSON.stringify({ gatewayId: gatewayKey, bootId: boot, seq, readings })

/** For the names of tests. */
function named<T extends BadMessage>(messages: readonly T[]) {
  return messages.map((message) => [message.what, message.code, message] as const)
}

/** The last acknowledgement of a boot of the gateway. */
function lastAnswer(ofBoot: string): GatewayAck | undefined {
  return (gateway.heard as GatewayAck[]).findLast((ack) => ack.bootId === ofBoot)
}

/** Raw values of a signal in a span, once there are so many. */
async function stored(signalId: string | undefined, from: number, to: number, count: number) {
  return eventually(
    async () => {
      const params = { signalId: signalId ?? '' }
      const { times, mean } = await admin(getHistory, { params, querystring: { from, to, buckets: 1_000 } })
      return times.length >= count && times.map((time, index) => [time, mean[index]])
    },
    { what: `${count} readings to be stored` },
  )
}

describe('a device that sends', () => {
  it.each(named(badTelemetry(nowMs)))('%s gets a dead letter: %s', async (_, code, { payload }) => {
    await device.publish(telemetryTopic(bad.key), payload)
    const [letter, ...others] = await letters.fresh()
    expect(others).toEqual([])
    expect(letter).toMatchObject({ code, source: bad.key, topic: telemetryTopic(bad.key), replayedAt: null })
    expect(letter?.detail).not.toBe('')
  })

  it('one bad reading among good ones loses that one only', async () => {
    const ts = nowMs + 1
    await device.publish(
      telemetryTopic(bad.key),
      JSON.stringify({ ts, values: { oil_temperature: 61, airend_vibration: 'x' } }),
    )
    expect(await letters.fresh()).toMatchObject([{ code: 'value/wrong-type', readings: 1 }])
    expect(await stored(bad.signalIds.get('oil_temperature'), ts, ts + 1, 1)).toEqual([[ts, 61]])
  })

  it('the same message again changes nothing, and an older one is put in its place', async () => {
    const at = (offset: number, value: number) =>
      JSON.stringify({ ts: nowMs + offset, values: { discharge_pressure: value } })
    for (const message of [at(300, 0.71), at(100, 0.69), at(300, 0.71), at(200, 0.7), at(100, 0.69)]) {
      await device.publish(telemetryTopic(bad.key), message)
    }
    await steady.flows()
    const expected = [
      [nowMs + 100, 0.69],
      [nowMs + 200, 0.7],
      [nowMs + 300, 0.71],
    ]
    expect(await stored(bad.signalIds.get('discharge_pressure'), nowMs + 100, nowMs + 301, 3)).toEqual(expected)
    expect(await letters.fresh()).toEqual([])
  })

  it.each([
    ['the topic of another device', telemetryTopic(good.key)],
    ['a topic of a gateway', gatewayTopic],
    ['a topic of its own invention', 'factory/line-1/temperature'],
  ])('to %s gets a dead letter, and nobody else gets its readings', async (_, topic) => {
    const ts = nowMs - 3_600_000
    await device.publish(topic, JSON.stringify({ ts, values: { oil_temperature: 99 } }))
    expect(await letters.fresh()).toMatchObject([{ code: 'topic/foreign', source: bad.key, topic }])
    expect(await stored(good.signalIds.get('oil_temperature'), ts, ts + 1, 0)).toEqual([])
  })

  it.each(['fettle/v1/gateways/+/ack', '#', `fettle/v1/devices/${good.key}/ack`, telemetryTopic(bad.key)])(
    'nothing, but wants to hear %s, is refused',
    async (filter) => {
      const listener = await rawClient({ url, username: bad.key, password: works.secretOf(bad.key) })
      await expect(listener.subscribe(filter)).rejects.toThrow('refuses the subscription')
      listener.close()
    },
  )

  it.each([
    ['a wrong secret', bad.key, 'guessed'],
    ['the secret of another device', bad.key, works.secretOf(good.key)],
    ['a name that nobody has', 'AC75-NOBODY', works.secretOf(bad.key)],
    ['the name of a person', 'admin', works.password],
  ])('%s is not let in', async (_, username, password) => {
    await expect(rawClient({ url, username, password })).rejects.toThrow(/bad username or password/i)
  })
})

describe('a gateway that sends', () => {
  it.each(named(badBatches({ gatewayKey, bootId, deviceKey: behind.key, nowMs })))(
    '%s gets a dead letter: %s',
    async (_, code, { payload, index }) => {
      await gateway.publish(gatewayTopic, payload)
      expect(await letters.fresh()).toMatchObject([{ code, source: gatewayKey, topic: gatewayTopic }])
      if (index === undefined) return
      const { seq } = JSON.parse(payload.toString()) as { seq: number }
      await eventually(() => lastAnswer(bootId)?.seq === seq, { what: 'the answer' })
      expect(lastAnswer(bootId)).toEqual({ bootId, seq, rejected: [{ index, code }] })
    },
  )

  it('the same batch again changes nothing, and older readings are put in their place', async () => {
    const reading = (offset: number, value: number) => [behind.key, 'separator_dp', nowMs + offset, value, 0]
    const boot = 'boot-of-duplicates'
    const first = batch(0, [reading(300, 0.03), reading(100, 0.01)], boot)
    for (const message of [first, first, batch(1, [reading(200, 0.02), reading(100, 0.01)], boot), first]) {
      await gateway.publish(gatewayTopic, message)
    }
    const expected = [
      [nowMs + 100, 0.01],
      [nowMs + 200, 0.02],
      [nowMs + 300, 0.03],
    ]
    expect(await stored(behind.signalIds.get('separator_dp'), nowMs + 100, nowMs + 301, 3)).toEqual(expected)
    await eventually(() => lastAnswer(boot)?.seq === 1, { what: 'the cumulative answer' })
    expect(lastAnswer(boot)?.rejected).toEqual([])
  })

  it('to a foreign topic gets a dead letter', async () => {
    const topic = batchTopic('GW-ELSEWHERE')
    await gateway.publish(topic, batch(0, [[behind.key, 'oil_temperature', nowMs, 60, 0]]))
    expect(await letters.fresh()).toMatchObject([{ code: 'topic/foreign', source: gatewayKey, topic }])
  })
})

describe('a dead letter', () => {
  it('is taken again once its cause is mended, and only once', async () => {
    const key = 'AC75-2602-0001'
    const ts = nowMs + 5
    await gateway.publish(gatewayTopic, batch(0, [[key, 'oil_temperature', ts, 64, 0]], 'boot-of-replay'))
    const [letter] = await letters.fresh()
    expect(letter).toMatchObject({ code: 'device/unknown', readings: 1 })
    const params = { deadLetterId: letter?.id ?? 0 }

    await admin(replayDeadLetter, { params })
    const again = await eventually(async () => (await letters.fresh())[0], { what: 'the letter of the vain replay' })
    expect(again).toMatchObject({ code: 'device/unknown', source: gatewayKey, replayedAt: null })
    await expect(admin(replayDeadLetter, { params })).rejects.toMatchObject({
      status: 409,
      problem: { code: 'dead-letter/not-replayable' },
    })

    const { customerId, siteId, modelId } = works
    const added = await inDatabase(instance.databaseUrl, (db) =>
      db.transaction((tx) => insertMachine(tx, { key, customerId, siteId, modelId })),
    )
    await admin(replayDeadLetter, { params: { deadLetterId: again.id } })
    expect(await stored(added.signalIds.get('oil_temperature'), ts, ts + 1, 1)).toEqual([[ts, 64]])
  })
})
