import { delay } from '@fettle/platform/retry'
import { defineDriver, type Driver, type DriverContext, type Sink } from '../../driver.ts'
import { checkModbusSource, ModbusSource } from './config.ts'
import { connect, ModbusFault, type Link } from './link.ts'
import { createUnit, monotonicMs, type Unit } from './unit.ts'

/** Modbus TCP, also to serial units behind a converter: one connection and one request at a time for each bus. */
export const modbusTcp = defineDriver({
  kind: 'modbus-tcp',
  schema: ModbusSource,
  check: checkModbusSource,
  create: createModbusDriver,
})

export function createModbusDriver(source: ModbusSource, context: DriverContext): Driver {
  const units = source.units.map((unit) => createUnit(unit, source, context))

  return {
    async run(sink, signal) {
      for (const unit of units) unit.begin()
      const bus = createBus(source, signal)
      try {
        while (!signal.aborted) {
          const unit = mostUrgent(units)
          const waitMs = unit.dueMs - monotonicMs()
          if (waitMs > 0) await delay(waitMs, signal) // a timer costs a millisecond, which a busy bus does not have
          await visit(unit, bus, sink, signal)
        }
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        bus.drop()
      }
    },
  }

  /** Reads one unit. A unit that fails is put off and the others go on; when none answers the bus is at fault. */
  async function visit(unit: Unit, bus: Bus, sink: Sink, signal: AbortSignal): Promise<void> {
    const subject = `unit ${unit.unitId}`
    try {
      const readings = await pollAcrossIdleClose(unit, bus)
      context.up()
      context.solved(subject)
      await sink(readings)
    } catch (error) {
      signal.throwIfAborted() // cancelling closes the connection, which is nobody's failure
      if (!(error instanceof ModbusFault)) throw error
      if (error.code !== 'failed') bus.drop()
      if (error.code === 'unreachable') {
        await sink(units.flatMap((each) => each.fail()))
        throw error
      }
      await sink(unit.fail())
      if (!units.some((each) => each.answers)) throw error
      context.report({ subject, message: error.message })
    }
  }
}

/** Some devices close a connection between two polls; that alone is no failure of the unit that is asked next. */
async function pollAcrossIdleClose(unit: Unit, bus: Bus) {
  const kept = bus.isOpen()
  try {
    return await unit.poll(await bus.link())
  } catch (error) {
    if (!kept || !(error instanceof ModbusFault) || error.code !== 'closed') throw error
    bus.drop()
    return unit.poll(await bus.link())
  }
}

/** The connection of a bus, made when it is needed. It also ends when the run is cancelled. */
interface Bus {
  isOpen(): boolean
  link(): Promise<Link>
  drop(): void
}

function createBus({ endpoint, timeoutMs }: ModbusSource, signal: AbortSignal): Bus {
  let link: Link | undefined
  return {
    isOpen: () => link !== undefined,
    link: async () => (link ??= await connect(endpoint, timeoutMs, signal)),
    drop() {
      link?.close()
      link = undefined
    },
  }
}

const mostUrgent = (units: Unit[]): Unit => units.reduce((first, unit) => (unit.dueMs < first.dueMs ? unit : first))
