import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { CompiledOperation } from '../../../../src/dialects/dialect.ts'
import { compile } from '../../../../src/dialects/postgresql/compile/index.ts'
import type { Operation } from '../../../../src/operations/operation.ts'
import type { ServerUnderTest } from '../../../support/each-server.ts'

/** A database that every test of a suite finds as it was: each runs in a transaction of its own. */
export interface CompileDatabase {
  /** Compiles operations for this server and runs what comes out. */
  apply(...operations: readonly Operation[]): Promise<void>
  /** Runs SQL written by the test. */
  run(sql: string): Promise<void>
  /** The first column of the first row. */
  value(sql: string): Promise<unknown>
  /** The first column of every row. */
  values(sql: string): Promise<unknown[]>
  rows(sql: string): Promise<Record<string, unknown>[]>
  /** Everything in the database, a line for each thing, in PostgreSQL's own words. */
  catalog(): Promise<unknown[]>
  /** For the few statements that want none: leaves the test's transaction. */
  leaveTransaction(): Promise<void>
}

/** Sets the database of a suite up and takes it down. */
export function compileDatabase(server: ServerUnderTest): CompileDatabase {
  let client: Client
  const serverVersion = server.major * 10_000

  beforeAll(async () => {
    const { url } = await server.createDatabase('compile')
    client = new Client({ connectionString: url })
    await client.connect()
  })
  afterAll(() => client.end())
  beforeEach(async () => void (await client.query('BEGIN')))
  afterEach(async () => void (await client.query('ROLLBACK')))

  const rows = async (sql: string) => (await client.query(sql)).rows
  const values = async (sql: string) => (await rows(sql)).map(row => Object.values(row)[0])
  return {
    async apply(...operations) {
      for (const operation of operations) {
        for (const { sql } of compile(operation as CompiledOperation, { serverVersion })) {
          await client.query(sql)
        }
      }
    },
    run: async sql => void (await client.query(sql)),
    value: async sql => (await values(sql))[0],
    values,
    rows,
    catalog: async () => (await values(catalog)).sort(),
    leaveTransaction: async () => void (await client.query('COMMIT')),
  }
}

/** The schema public, and those that a test made. */
const isOurs = (namespace: string) => `(${namespace} = 2200 OR ${namespace} >= 16384)`

/** One query for everything that a database holds. */
export const catalog = `
  SELECT format('column %s.%I %s %s %s %s %s %s %s %s %s', attrelid::regclass, attname,
      format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity,
      attgenerated, nullif(attcollation, 0)::regcollation, attstorage, nullif(attstattarget, -1),
      attislocal)
    FROM pg_attribute
    JOIN pg_class c ON c.oid = attrelid AND relkind IN ('r', 'p', 'v', 'm', 'c')
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE ${isOurs('relnamespace')} AND attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT format('relation %s %s %s %s %s %s %s %s %s %s', c.oid::regclass, relkind, relpersistence,
      pg_get_partkeydef(c.oid), pg_get_expr(relpartbound, c.oid), reloptions, relrowsecurity,
      relforcerowsecurity, relreplident,
      (SELECT array_agg(inhparent::regclass) FROM pg_inherits WHERE inhrelid = c.oid))
    FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm') AND ${isOurs('relnamespace')}
  UNION ALL
  SELECT format('rows of %s %s', oid::regclass,
      query_to_xml(format('SELECT t::text AS row FROM %s t ORDER BY 1', oid::regclass), true, true, ''))
    FROM pg_class WHERE relkind IN ('r', 'p') AND ${isOurs('relnamespace')}
  UNION ALL
  SELECT format('constraint %s %s %I %s', nullif(conrelid, 0)::regclass, nullif(contypid, 0)::regtype,
      conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE ${isOurs('connamespace')} AND contype NOT IN ('n', 't')
  UNION ALL
  SELECT format('%s %s %s', pg_get_indexdef(indexrelid), indisclustered, indisvalid)
    FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE ${isOurs('relnamespace')}
  UNION ALL
  SELECT format('type %s %s %s %s %s', oid::regtype, typtype, nullif(typbasetype, 0)::regtype,
      typdefault, (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum
        WHERE enumtypid = t.oid))
    FROM pg_type t WHERE typtype <> 'c' AND typelem = 0 AND ${isOurs('typnamespace')}
  UNION ALL
  SELECT format('sequence %I.%I %s %s %s %s %s %s %s', schemaname, sequencename, data_type,
      start_value, min_value, max_value, increment_by, cycle, cache_size)
    FROM pg_sequences
  UNION ALL
  SELECT format('owned sequence %s %s', objid::regclass, pg_describe_object(refclassid, refobjid, refobjsubid))
    FROM pg_depend JOIN pg_class c ON c.oid = objid AND relkind = 'S' WHERE deptype IN ('a', 'i')
  UNION ALL
  SELECT format('view %s %s', oid::regclass, pg_get_viewdef(oid))
    FROM pg_class WHERE relkind IN ('v', 'm') AND ${isOurs('relnamespace')}
  UNION ALL
  SELECT CASE prokind WHEN 'a' THEN format('aggregate %s', oid::regprocedure)
      ELSE pg_get_functiondef(oid) END
    FROM pg_proc WHERE ${isOurs('pronamespace')}
  UNION ALL
  SELECT format('%s %s', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL
  SELECT format('%s %s', pg_get_ruledef(r.oid), ev_enabled) FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class
    WHERE rulename <> '_RETURN' AND ${isOurs('relnamespace')}
  UNION ALL
  SELECT format('policy %s', p) FROM pg_policies p
  UNION ALL
  SELECT format('statistics %s %s', pg_get_statisticsobjdef(oid), stxstattarget) FROM pg_statistic_ext
  UNION ALL
  SELECT format('publication %s %s', pubname, puballtables) FROM pg_publication
  UNION ALL
  SELECT format('event trigger %s %s', evtname, evtevent) FROM pg_event_trigger
  UNION ALL
  SELECT format('collation %s %s %s', oid::regcollation, collprovider, collisdeterministic)
    FROM pg_collation WHERE ${isOurs('collnamespace')}
  UNION ALL
  SELECT format('operator %s %s', oid::regoperator, oprcode) FROM pg_operator
    WHERE ${isOurs('oprnamespace')}
  UNION ALL
  SELECT format('extension %s %s', extname, extnamespace::regnamespace) FROM pg_extension
  UNION ALL
  SELECT format('schema %s', nspname) FROM pg_namespace WHERE ${isOurs('oid')}
  UNION ALL
  SELECT format('owner of %s %s', oid::regclass, relowner::regrole)
    FROM pg_class WHERE ${isOurs('relnamespace')} AND relkind <> 'i'
  UNION ALL
  SELECT format('owner of %s %s', oid::regprocedure, proowner::regrole)
    FROM pg_proc WHERE ${isOurs('pronamespace')}
  UNION ALL
  SELECT format('privilege %s %s %s %s', held.on_what, nullif(grantee, 0)::regrole, privilege_type, is_grantable)
    FROM (
      SELECT oid::regclass::text AS on_what, relowner AS owner, relacl AS acl
        FROM pg_class WHERE ${isOurs('relnamespace')}
      UNION ALL
      SELECT format('%s.%I', attrelid::regclass, attname), relowner, attacl
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE ${isOurs('relnamespace')} AND NOT attisdropped
    ) held, aclexplode(acl) WHERE grantee <> owner
  UNION ALL
  SELECT format('comment on %s: %s', pg_describe_object(classoid, objoid, objsubid), description)
    FROM pg_description WHERE objoid >= 16384 OR classoid = 'pg_namespace'::regclass`

/** The SQL of operations, for the newest server unless one is named. */
export function sqlOf(operations: readonly Operation[], serverVersion?: number): string[] {
  return operations.flatMap(operation =>
    compile(operation as CompiledOperation, { serverVersion }).map(({ sql }) => sql),
  )
}
