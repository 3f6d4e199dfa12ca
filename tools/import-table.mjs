/**
 * Who may import whom: the table of docs/architecture.md as data. `.dependency-cruiser.mjs` turns it into rules and
 * `tools/check-imports.mjs` runs them. A room may always import itself; tests may also import `testing`.
 *
 * @typedef {object} Room
 * @property {string} name
 * @property {string} folder relative to the root of the repository
 * @property {readonly string[]} mayImport names of other rooms
 * @property {readonly string[]} [libraries] the only npm packages its source may import; absent: whatever its
 *   package.json declares (knip checks that)
 * @property {true} [browserSafe] its source may not import Node's builtin modules
 */

const core = ['contracts', 'domain', 'platform']
const serviceCore = [...core, 'bus', 'telemetry', 'db']
const services = ['gateway', 'ingest', 'rules', 'api']
const packages = [...serviceCore, 'testing']
const everything = [...packages, ...services, 'web', 'devices-sim', 'provisioning', 'cli', 'bench', 'e2e']

/** @type {readonly Room[]} */
export const rooms = [
  { name: 'contracts', folder: 'packages/contracts', mayImport: [], libraries: ['typebox'], browserSafe: true },
  { name: 'domain', folder: 'packages/domain', mayImport: ['contracts'], libraries: ['protobufjs'], browserSafe: true },
  { name: 'platform', folder: 'packages/platform', mayImport: [] },
  { name: 'bus', folder: 'packages/bus', mayImport: ['contracts', 'platform'] },
  { name: 'db', folder: 'packages/db', mayImport: core },
  { name: 'telemetry', folder: 'packages/telemetry', mayImport: [...core, 'db'] },
  { name: 'testing', folder: 'packages/testing', mayImport: [...serviceCore, 'devices-sim', 'provisioning'] },
  { name: 'gateway', folder: 'gateway', mayImport: core },
  { name: 'ingest', folder: 'ingest', mayImport: serviceCore },
  { name: 'rules', folder: 'rules', mayImport: serviceCore },
  { name: 'api', folder: 'api', mayImport: serviceCore },
  { name: 'web', folder: 'web', mayImport: ['contracts', 'domain'], browserSafe: true },
  { name: 'devices-sim', folder: 'devices-sim', mayImport: ['platform'] },
  { name: 'provisioning', folder: 'provisioning', mayImport: ['contracts'] },
  { name: 'cli', folder: 'cli', mayImport: everything },
  { name: 'bench', folder: 'bench', mayImport: everything },
  { name: 'e2e', folder: 'e2e', mayImport: everything },
]
