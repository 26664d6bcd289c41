import {
  type DatabaseSchema,
  displayName,
  type ObjectId,
  type QualifiedName,
  type SchemaObject,
} from '../schema/index.ts'
import { escapedPattern } from '../text/pattern.ts'
import { hostOf } from './hosts.ts'

/** Which objects of a database get models; without a word all of them. */
export interface Choice {
  /** Only these schemas, and what their objects need. */
  readonly schemas?: readonly string[] | undefined
  /** Only these tables and views, and what they need: `users`, `auth.users`, `auth.*`. */
  readonly tables?: readonly string[] | undefined
  /** Whether the project does not look at an object. */
  readonly leavesOut?: ((id: ObjectId) => boolean) | undefined
}

/** The chosen objects of a database, with what is on them and what they need. */
export function chooseObjects(schema: DatabaseSchema, choice: Choice): SchemaObject[] {
  const looksAt = (id: ObjectId) => !(choice.leavesOut?.(id) ?? false)
  const ids = [...schema.objects.keys()].filter(id => !isEverywhere(id, schema) && looksAt(id))
  const { schemas, tables } = choice
  if (schemas === undefined && tables === undefined) return ids.map(id => schema.objects.get(id)!)
  const isChosen = (object: SchemaObject) =>
    (tables === undefined || isNamed(object, tables, schema)) &&
    (schemas === undefined || isIn(object, schemas))
  const chosen = ids.filter(id => isChosen(schema.objects.get(id)!))
  const all = withNeeds(chosen, schema)
  return ids.filter(id => all.has(id)).map(id => schema.objects.get(id)!)
}

/** The names among the tables that were asked for that no table or view has. */
export function unknownTables(schema: DatabaseSchema, tables: readonly string[]): string[] {
  const objects = [...schema.objects.values()]
  return tables.filter(table => !objects.some(object => isNamed(object, [table], schema)))
}

/** What a new database has already: no model has to say it. */
function isEverywhere(id: ObjectId, { objects }: DatabaseSchema): boolean {
  const object = objects.get(id)
  if (object?.kind !== 'schema' && object?.kind !== 'extension') return false
  const isThere = id === 'schema:public' || id === 'extension:plpgsql'
  return isThere && object.comment === undefined
}

const relations = new Set(['table', 'view', 'materializedView'])

function isNamed(
  object: SchemaObject,
  tables: readonly string[],
  { defaultSchema }: DatabaseSchema,
): boolean {
  if (!relations.has(object.kind)) return false
  const { schema, name } = object as QualifiedName
  const names =
    schema === defaultSchema
      ? [name, displayName({ schema, name })]
      : [displayName({ schema, name })]
  return tables.some(table => names.some(own => fits(own, table)))
}

/** Whether a name fits a pattern, in which `*` stands for anything. */
function fits(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map(escapedPattern)
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name)
}

function isIn(object: SchemaObject, schemas: readonly string[]): boolean {
  if (object.kind === 'schema') return schemas.includes(object.name)
  return 'schema' in object && object.schema !== undefined && schemas.includes(object.schema)
}

/** Objects with what is on them, and what all of that needs before it. */
function withNeeds(chosen: readonly ObjectId[], schema: DatabaseSchema): Set<ObjectId> {
  const onHost = partsByHost(schema)
  const found = new Set<ObjectId>()
  const waiting = [...chosen]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const object = schema.objects.get(id)
    if (object === undefined || found.has(id)) continue
    found.add(id)
    waiting.push(...(onHost.get(id) ?? []), ...needsOf(id, object, schema))
  }
  return found
}

function partsByHost(schema: DatabaseSchema): Map<ObjectId, ObjectId[]> {
  const parts = new Map<ObjectId, ObjectId[]>()
  for (const [id, object] of schema.objects) {
    const host = hostOf(object)
    if (host === undefined) continue
    for (const kind of relations) {
      const relation = `${kind}:${host.schema ?? ''}.${host.name}`
      parts.set(relation, [...(parts.get(relation) ?? []), id])
    }
  }
  return parts
}

function needsOf(id: ObjectId, object: SchemaObject, { dependencies }: DatabaseSchema): ObjectId[] {
  const own = dependencies.get(id) ?? []
  if (object.kind !== 'table') return [...own]
  const { schema = '', name } = object
  const defaults = object.columns.map(column => `default:${schema}.${name}.${column.name}`)
  return [...own, ...defaults.flatMap(key => dependencies.get(key) ?? [])]
}
