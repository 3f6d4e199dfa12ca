import { DataType, StatusCodes, Variant } from 'node-opcua-client'
import type { OPCUAServer } from 'node-opcua-server'
import type { SimulatedMachine } from '../machine.ts'
import type { SignalSpec } from '../models/model.ts'
import { machinesNamespace, nodeName } from './node-names.ts'

/** One machine in the address space. */
export interface MachineNodes {
  /** Shows what the machine's controller says at `at`; of a machine that cannot be reached, that it cannot. */
  show(at: number): void
}

/** An object under Objects for the machine, with a variable for each signal. */
export function addMachine(server: OPCUAServer, machine: SimulatedMachine): MachineNodes {
  const { addressSpace } = server.engine
  if (!addressSpace) throw new Error('the OPC UA server has no address space yet')
  const { deviceKey, spec, signals } = machine
  const namespace = addressSpace.registerNamespace(machinesNamespace)
  const object = namespace.addObject({
    organizedBy: addressSpace.rootFolder.objects,
    nodeId: `s=${deviceKey}`,
    browseName: deviceKey,
    displayName: `${spec.model} ${deviceKey}`,
  })
  const shown = signals.map((signal) => {
    const { key, unit } = signal
    const dataType = typeOf(signal)
    const variable = namespace.addVariable({
      componentOf: object,
      nodeId: `s=${nodeName(deviceKey, key)}`,
      browseName: key,
      description: unit,
      dataType,
      minimumSamplingInterval: 0, // changes are told as they come, not sampled
    })
    return { key, dataType, variable }
  })
  let lost = false

  return {
    show(at) {
      if (!machine.isOnline() && lost) return
      lost = !machine.isOnline()
      const status = lost ? StatusCodes.BadNoCommunication : StatusCodes.Good
      const time = new Date(at)
      const values = machine.values()
      for (const { key, dataType, variable } of shown) {
        variable.setValueFromSource(new Variant({ dataType, value: values[key] ?? 0 }), status, time)
      }
    },
  }
}

function typeOf({ key }: SignalSpec): DataType.Int32 | DataType.UInt32 | DataType.Double {
  if (key === 'run_state') return DataType.Int32
  return key === 'run_hours' ? DataType.UInt32 : DataType.Double
}
