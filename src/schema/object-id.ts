import type { ObjectId, SchemaObject } from './database-schema.ts'

const within = (schema: string | undefined, ...names: (string | undefined)[]): string =>
  [schema ?? '', ...names.map(name => name ?? '')].join('.')

/** The id of an object whose names are complete, as introspection gives them. */
export function objectId(object: SchemaObject): ObjectId {
  switch (object.kind) {
    case 'schema':
    case 'extension':
    case 'eventTrigger':
    case 'publication':
      return `${object.kind}:${object.name}`
    case 'constraint':
    case 'trigger':
    case 'rule':
    case 'policy':
      return `${object.kind}:${within(object.schema, object.table, object.name)}`
    case 'index':
      return `index:${within(object.schema, object.name)}`
    case 'routine':
    case 'aggregate':
      return `${object.kind}:${within(object.schema, object.name)}(${object.signature})`
    case 'verbatim':
      return `verbatim:${object.type} ${object.identity}`
    default:
      return `${object.kind}:${within(object.schema, object.name)}`
  }
}

/** Stands for a column's default or generation expression among the dependencies. */
export function defaultId(schema: string, table: string, column: string): ObjectId {
  return `default:${within(schema, table, column)}`
}

/** Stands for one column of a table among the dependencies. */
export function columnId(schema: string, table: string, column: string): ObjectId {
  return `column:${within(schema, table, column)}`
}

/** An id in a sentence, without the schema that goes without saying: `table users`, `materialized view auth.all`. */
export function spokenId(id: ObjectId, defaultSchema: string): string {
  const colon = id.indexOf(':')
  const kind = id.slice(0, colon).replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  const name = id.slice(colon + 1)
  const home = `${defaultSchema}.`
  return `${kind} ${name.startsWith(home) ? name.slice(home.length) : name}`
}
