import './tools/swc-module-names.mjs'
import { rooms } from './tools/import-table.mjs'

/** @typedef {import('./tools/import-table.mjs').Room} Room */

/** A test, or anything in a `test` folder or in the end-to-end room. */
const tests = String.raw`\.test\.tsx?$|/test/|^e2e/`
const named = (/** @type {readonly string[]} */ names) => rooms.filter((room) => names.includes(room.name))
const within = (/** @type {readonly Room[]} */ some) => `^(${some.map((room) => room.folder).join('|')})/`

/**
 * The rules of one row of the table.
 * @param {Room} room
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
function rulesOf({ name, folder, mayImport, libraries, browserSafe }) {
  const source = `^${folder}/src/`
  const reachable = [name, ...mayImport]
  const allowed = ['itself', ...mayImport].join(', ')
  /** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
  const rules = [
    {
      name: `${name}-may-import`,
      comment: `${name} may import: ${allowed} (tools/import-table.mjs)`,
      from: { path: `^${folder}/`, pathNot: tests },
      to: { path: within(rooms), pathNot: within(named(reachable)) },
    },
    {
      name: `${name}-tests-may-import`,
      comment: `tests of ${name} may import: ${allowed}, testing (tools/import-table.mjs)`,
      from: { path: `^${folder}/.*(${tests})` },
      to: { path: within(rooms), pathNot: within(named([...reachable, 'testing'])) },
    },
  ]
  if (libraries)
    rules.push({
      name: `${name}-libraries`,
      comment: `${name} may use these npm packages: ${libraries.join(', ') || 'none'} (tools/import-table.mjs)`,
      from: { path: source, pathNot: tests },
      to: { path: '(^|/)node_modules/', pathNot: libraries.map((library) => `(^|/)node_modules/${library}/`) },
    })
  if (browserSafe)
    rules.push({
      name: `${name}-no-node`,
      comment: `${name} also runs in browsers: no Node builtins`,
      from: { path: source, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    })
  return rules
}

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  ...rooms.flatMap(rulesOf),
  {
    name: 'no-cycles',
    comment: 'two files that need each other are one thought, or need a third that both import',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-barrels',
    comment: 'import the file that has it; an index file hides where things live',
    from: {},
    to: { path: String.raw`(^|/)index\.tsx?$`, pathNot: '(^|/)node_modules/' },
  },
  {
    name: 'no-test-imports',
    comment: 'what two tests share belongs into packages/testing or a file without .test in its name',
    from: {},
    to: { path: String.raw`\.test\.tsx?$` },
  },
  {
    name: 'drivers-stand-alone',
    comment: 'a gateway driver never imports another driver',
    from: { path: '^gateway/src/drivers/([^/]+)/' },
    to: { path: '^gateway/src/drivers/[^/]+/', pathNot: '^gateway/src/drivers/$1/' },
  },
  {
    name: 'resolvable',
    comment: 'an import that resolves to no file escapes every other rule',
    from: {},
    to: { couldNotResolve: true },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)dist/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
