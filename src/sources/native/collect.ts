import { isDeepStrictEqual } from 'node:util'
import { invalid, isBranded } from '../../declarations/declaration.ts'
import { isTable, type TableDeclaration } from '../../declarations/tables.ts'
import type { Naming } from '../../operations/naming.ts'
import { objectId, type SchemaObject, type Table } from '../../schema/index.ts'

/** An object with the exports that declare it, as a path: `models.users`. */
export interface DeclaredObject {
  readonly object: SchemaObject
  readonly path: string
}

/** A value that stands for an object of the schema, alone or with what belongs to it. */
type Declaring =
  | TableDeclaration
  | { readonly object: SchemaObject; readonly indexes?: readonly SchemaObject[] }

/** Whether a value declares a part of a schema: a table, an enum, a view, … */
export function isDeclaration(value: unknown): value is Declaring {
  if (isTable(value) || isBranded(value, 'object')) return true
  return isBranded(value, 'column') && 'object' in (value as object)
}

/** Everything that a value declares, each object once, in the order it was met. */
export function collect(models: unknown, naming: Naming): DeclaredObject[] {
  const found = new Map<string, DeclaredObject>()
  for (const [path, declaration] of findDeclarations(models, '', new Set())) {
    for (const object of objectsOf(declaration))
      keep(found, { object: named(object, naming), path })
  }
  return [...found.values()]
}

/** Walks modules, arrays and plain objects; a value that was met before is not met again. */
function* findDeclarations(
  value: unknown,
  path: string,
  met: Set<unknown>,
): Generator<[path: string, Declaring]> {
  if (met.has(value)) return
  met.add(value)
  if (isDeclaration(value)) yield [path, value]
  else if (isContainer(value)) {
    for (const [key, entry] of Object.entries(value)) {
      yield* findDeclarations(entry, path === '' ? key : `${path}.${key}`, met)
    }
  }
}

/** Instances of classes are not looked into: they belong to someone else. */
function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || prototype === Object.prototype
}

function objectsOf(declaration: Declaring): SchemaObject[] {
  if (!('parts' in declaration)) return [declaration.object, ...(declaration.indexes ?? [])]
  const { table, constraints, indexes, uses } = declaration.parts
  if (table.temporary) throw temporaryTable(table)
  return [...uses, table, ...constraints, ...indexes]
}

const named = (object: SchemaObject, naming: Naming): SchemaObject =>
  object.kind === 'constraint' || object.kind === 'index' ? naming.named(object) : object

function temporaryTable({ name }: Table): Error {
  return invalid(
    `table ${name}`,
    'it is temporary, and so no part of a schema.',
    'Create it in a script: op.createTable(…, { temporary: true }).',
  )
}

/** Objects without a name are told apart by the database alone, so that each one counts. */
function keep(found: Map<string, DeclaredObject>, declared: DeclaredObject): void {
  const { object, path } = declared
  const id = hasName(object) ? objectId(object) : `${objectId(object)}#${found.size}`
  const twin = found.get(id)
  if (twin === undefined) found.set(id, declared)
  else if (!isSharedType(object) || !isDeepStrictEqual(twin.object, object))
    throw declaredTwice(id, twin.path, path)
}

const hasName = (object: SchemaObject): boolean =>
  !(object.kind === 'constraint' || object.kind === 'index') || object.name !== undefined

/** A type that columns bring along is declared wherever it is used. */
const isSharedType = ({ kind }: SchemaObject): boolean => kind === 'enum' || kind === 'domain'

function declaredTwice(id: string, first: string, second: string): Error {
  const [kind = '', name = ''] = id.split(/:\.?(.*)/s)
  const exports = first === second ? `twice in ${first}` : `by ${first} and again by ${second}`
  return invalid(`${kind} ${name}`, `it is declared ${exports}.`, 'Export it once, under one name.')
}
