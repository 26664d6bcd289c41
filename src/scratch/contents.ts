import type { Connection } from '../dialects/dialect.ts'
import { fewOf } from '../text/sentences.ts'
import { unavailable } from './unavailable.ts'

/** An object that somebody created in a database, in PostgreSQL's own words. */
export interface UserObject {
  /** The word of DROP, in lower case: `table`, `text search parser`. */
  readonly type: string
  /** Schema-qualified and quoted, with the signature of a routine. */
  readonly identity: string
}

const catalogs = [
  'pg_am',
  'pg_cast',
  'pg_class',
  'pg_collation',
  'pg_conversion',
  'pg_event_trigger',
  'pg_extension',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_language',
  'pg_largeobject_metadata',
  'pg_namespace',
  'pg_opclass',
  'pg_operator',
  'pg_opfamily',
  'pg_proc',
  'pg_publication',
  'pg_statistic_ext',
  'pg_transform',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_ts_parser',
  'pg_ts_template',
  'pg_type',
]

/** What initdb makes has a lower number. */
const firstOfUsers = 16_384

/**
 * Everything that a new database does not have, without what belongs to something else in the list
 * (indexes, row types, members of extensions, partitions). Temporary objects are left out.
 */
const contentsQuery = `
  SELECT i.type, i.identity
  FROM (${catalogs
    .map(
      name =>
        `SELECT '${name}'::regclass AS classid, oid FROM ${name} WHERE oid >= ${firstOfUsers}`,
    )
    .join(' UNION ALL ')}) o,
    pg_identify_object(o.classid, o.oid, 0) i
  WHERE coalesce(i.schema, i.identity, '') !~ '^pg_(toast_)?temp'
    AND NOT EXISTS (SELECT FROM pg_depend d
      WHERE d.classid = o.classid AND d.objid = o.oid AND d.deptype IN ('a', 'i', 'e', 'P', 'S')
        -- A partitioned table depends on the columns of its own key.
        AND (d.refclassid, d.refobjid) <> (o.classid, o.oid))
  ORDER BY array_position(
    ARRAY['event trigger', 'publication', 'extension', 'schema', 'table', 'view'], i.type), 2`

/** What users have created in a database; empty for a new one. */
export async function contentsOf(connection: Connection): Promise<UserObject[]> {
  return (await connection.query<UserObject>(contentsQuery)).rows
}

/** How many objects go in one transaction: each holds a lock until its end. */
const dropsTogether = 50

/** Removes everything that users have created in a database. */
export async function removeContents(connection: Connection): Promise<void> {
  const drops = (await contentsOf(connection)).map(dropStatement)
  for (let first = 0; first < drops.length; first += dropsTogether) {
    await connection.executeAll(drops.slice(first, first + dropsTogether))
  }
  const left = await contentsOf(connection)
  if (left.length > 0) {
    throw unavailable(
      `The scratch database cannot be emptied: ${listed(left)}.`,
      'Drop and create it again, or use another.',
    )
  }
}

/** A few of the objects, and how many more there are. */
export function listed(objects: readonly UserObject[]): string {
  return fewOf(objects.map(({ type, identity }) => `${type} ${identity}`))
}

const words: Readonly<Record<string, string>> = {
  'foreign-data wrapper': 'FOREIGN DATA WRAPPER',
  'statistics object': 'STATISTICS',
}

function dropStatement({ type, identity }: UserObject): string {
  if (type === 'large object') return `SELECT lo_unlink(${identity})`
  return `DROP ${words[type] ?? type.toUpperCase()} IF EXISTS ${identity} CASCADE`
}
