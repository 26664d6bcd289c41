import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { introspect } from '../../../../src/dialects/postgresql/introspect/index.ts'
import type { DatabaseSchema, SchemaObject } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { pgDump } from '../../../support/pg-dump.ts'

const everything = readFileSync(new URL('./everything.sql', import.meta.url), 'utf8')

/** What pg_dump writes apart, and what an object tells of itself here. */
const partsOfObjects = [
  ...['COMMENT', 'DEFAULT', 'ROW SECURITY', 'SEQUENCE OWNED BY', 'PUBLICATION TABLE'],
  ...['TABLE ATTACH', 'INDEX ATTACH', 'SHELL TYPE', 'SEQUENCE users_id_seq'],
  'SEQUENCE users_number_seq',
]

/** The headers of a dump's entries as `TYPE name`: `CONSTRAINT users users_pkey`. */
function entriesOf(dump: string): string[] {
  return [...dump.matchAll(/^-- Name: (.*); Type: (.*); Schema: \S+; Owner: -$/gm)]
    .map(([, name, type]) => (name!.startsWith(`${type} `) ? name! : `${type} ${name}`))
    .filter(entry => !partsOfObjects.some(part => entry === part || entry.startsWith(`${part} `)))
}

const types: Readonly<Partial<Record<SchemaObject['kind'], string>>> = {
  enum: 'TYPE',
  compositeType: 'TYPE',
  rangeType: 'TYPE',
  materializedView: 'MATERIALIZED VIEW',
  eventTrigger: 'EVENT TRIGGER',
}

/** The header that pg_dump gives an object. */
function entryOf(object: SchemaObject): string {
  const type = types[object.kind] ?? object.kind.toUpperCase()
  switch (object.kind) {
    case 'constraint':
      return `${object.type === 'foreignKey' ? 'FK CONSTRAINT' : type} ${object.table} ${object.name}`
    case 'trigger':
    case 'rule':
    case 'policy':
      return `${type} ${object.table} ${object.name}`
    case 'routine':
      return `${object.type.toUpperCase()} ${object.name}(${object.signature})`
    case 'aggregate':
      return `${type} ${object.name}(${object.signature})`
    case 'verbatim':
      return verbatimEntry(object.type, object.identity)
    default:
      return `${type} ${object.name}`
  }
}

function verbatimEntry(type: string, identity: string): string {
  if (type === 'CAST' || type === 'TRANSFORM') return `${type} ${identity}`
  const [name] = identity.replace('app.', '').split(' ')
  return `${type === 'LANGUAGE' ? 'PROCEDURAL LANGUAGE' : type} ${name}`
}

eachServer(
  'introspection',
  server => {
    let dump: string
    let schema: DatabaseSchema

    beforeAll(async () => {
      const { url } = await server.createDatabase('everything')
      const connection = await connectServer({ url })
      await connection.query(everything)
      schema = await introspect(connection)
      await connection.close()
      dump = await pgDump(url)
    })

    test('leaves out nothing that pg_dump writes', () => {
      const told = new Set([...schema.objects.values()].map(entryOf))
      const unmodelled = schema.unmodelled.map(({ kind, name }) => `${kind} ${name}`)
      const missing = entriesOf(dump).filter(entry => !told.has(entry))
      expect(missing).toEqual(['USER MAPPING public SERVER srv'])
      expect(unmodelled).toEqual(['user mapping public on srv'])
    })

    test('makes nothing up', () => {
      const written = new Set(entriesOf(dump))
      const told = [...schema.objects.values()].map(entryOf).filter(entry => !written.has(entry))
      // What every new database has is not in a dump, and checks are written within their tables.
      const known = ['CONSTRAINT users users_number_check', 'EXTENSION plpgsql', 'SCHEMA public']
      expect(told.filter(entry => !known.includes(entry))).toEqual([])
    })
  },
  { pgDump: true },
)
