/**
 * Lets dependency-cruiser read all of our TypeScript. Its swc parser does not switch JSX on, and it walks the syntax tree
 * with swc's old Visitor, which throws on syntax it has never heard of (`await using`). The cruiser only needs the names
 * of the modules that a file mentions, so it gets a tree that consists of nothing else.
 */
import swc from '@swc/core'

const parseFile = swc.parseFileSync

/**
 * @typedef {import('@swc/core').StringLiteral} StringLiteral
 * @typedef {{ type: string } | null} Name a string literal, unless it is computed at run time
 * @typedef {{ type: string, source?: Name, argument?: Name }} SyntaxNode
 * @typedef {SyntaxNode & { callee?: SyntaxNode, arguments?: { expression: Name }[] }} Call
 */

/**
 * Where each kind of syntax names a module: `import`, `export … from`, `import('…')` as a value and as a type.
 * @type {Record<string, (node: Call) => Name | undefined>}
 */
const nameIn = {
  ImportDeclaration: (node) => node.source,
  ExportAllDeclaration: (node) => node.source,
  ExportNamedDeclaration: (node) => node.source,
  CallExpression: (node) => (node.callee?.type === 'Import' ? node.arguments?.[0]?.expression : undefined),
  TsImportType: (node) => node.argument,
}

/**
 * @param {unknown} tree a syntax node, a list of them, or any of their fields
 * @returns {StringLiteral[]} the module names in it, in the order of the source
 */
function namesIn(tree) {
  if (Array.isArray(tree)) return tree.flatMap(namesIn)
  if (typeof tree !== 'object' || tree === null) return []
  const name = 'type' in tree && typeof tree.type === 'string' ? nameIn[tree.type]?.(/** @type {Call} */ (tree)) : null
  const below = Object.values(tree).flatMap(namesIn)
  return name?.type === 'StringLiteral' ? [/** @type {StringLiteral} */ (name), ...below] : below
}

/** @param {string} path */
function parseFileSync(path) {
  const module = parseFile(path, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2022' })
  const names = namesIn(module.body)
  const body = names.map((source) => ({ type: 'ImportDeclaration', span: source.span, specifiers: [], source }))
  return { ...module, body }
}

Object.assign(swc, { parseFileSync })
