import type { QualifiedName } from '../../../schema/index.ts'
import type { CutOff } from '../../cut-off.ts'
import type { Connection } from '../../dialect.ts'
import { quoteQualified, stringLiteral } from '../quoting.ts'
import type { OutsideStatement } from './outside-statement.ts'

type Of<K extends OutsideStatement['kind']> = Extract<OutsideStatement, { kind: K }>

const done: CutOff = { state: 'done' }
const notDone: CutOff = { state: 'notDone' }

/** An index that could not be completed stays, invalid. */
export async function madeIndex(
  connection: Connection,
  { name, table }: Of<'createIndex'>,
): Promise<CutOff> {
  const { rows } = await connection.query<{ index: string; isValid: boolean }>(
    `SELECT i.indexrelid::regclass::text AS index, i.indisvalid AS "isValid"
      FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
      WHERE i.indrelid = ${regclass(table)} AND c.relname = ${stringLiteral(name)}`,
  )
  const [found] = rows
  if (found === undefined) return notDone
  return found.isValid ? done : dropping([found.index], 'has left an invalid index')
}

/** One that is half dropped is there, invalid. */
export async function droppedIndex(
  connection: Connection,
  { name }: Of<'dropIndex'>,
): Promise<CutOff> {
  const { rows } = await connection.query<{ isThere: boolean }>(
    `SELECT ${regclass(name)} IS NOT NULL AS "isThere"`,
  )
  return rows[0]?.isThere ? notDone : done
}

/** Building anew beside the old index leaves the new one, or the old one, under another name. */
export async function reindexing(
  connection: Connection,
  { relation, schema }: Of<'reindex'>,
): Promise<CutOff> {
  const { rows } = await connection.query<{ index: string }>(
    `SELECT i.indexrelid::regclass::text AS index
      FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_class AS t ON t.oid = i.indrelid
      WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND (${among({ relation, schema })})
        AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index AS p WHERE p.relid = t.oid)`,
  )
  const names = rows.map(({ index }) => index)
  return names.length === 0 ? notDone : dropping(names, 'was cut off while it built indexes anew')
}

/** The values of long rows have a table of their own, which is reindexed with it. */
function among({ relation, schema }: Omit<Of<'reindex'>, 'kind'>): string {
  if (schema !== undefined) return `c.relnamespace = to_regnamespace(${quotedText(schema)})`
  if (relation === undefined) return 'true'
  const named = regclass(relation)
  const table = `coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = ${named}), ${named})`
  return `t.oid = ${table} OR t.oid = (SELECT reltoastrelid FROM pg_class WHERE oid = ${table} AND reltoastrelid <> 0)`
}

function dropping(indexes: readonly string[], what: string): CutOff {
  return {
    state: 'notDone',
    repair: {
      statements: indexes.map(index => `DROP INDEX CONCURRENTLY ${index}`),
      message: `An earlier run ${what}; dropped first: ${indexes.join(', ')}.`,
      completes: false,
    },
  }
}

/** Half done, the partition has left the table, and still belongs to it. */
export async function detachment(
  connection: Connection,
  { table, partition }: Of<'detach'>,
): Promise<CutOff> {
  // A column that servers before PostgreSQL 14 do not have.
  const { rows } = await connection.query<{ isThere: boolean; isHalf: boolean | null }>(
    `SELECT ${regclass(table)} IS NOT NULL AND ${regclass(partition)} IS NOT NULL AS "isThere",
      (SELECT (to_jsonb(h) ->> 'inhdetachpending')::boolean FROM pg_inherits AS h
        WHERE h.inhparent = ${regclass(table)} AND h.inhrelid = ${regclass(partition)}) AS "isHalf"`,
  )
  const { isThere, isHalf } = rows[0]!
  if (isHalf === null) return isThere ? done : notDone
  return isHalf ? finalizing(table, partition) : notDone
}

function finalizing(table: QualifiedName, partition: QualifiedName): CutOff {
  const [whole, part] = [table, partition].map(quoteQualified)
  return {
    state: 'notDone',
    repair: {
      statements: [`ALTER TABLE ${whole} DETACH PARTITION ${part} FINALIZE`],
      message: `An earlier run has half detached ${part} from ${whole}: that is completed.`,
      completes: true,
    },
  }
}

/** What is there as a whole or not at all. */
export async function wholeObject(
  connection: Connection,
  { catalog, name, isDrop }: Of<'object'>,
): Promise<CutOff> {
  const { rows } = await connection.query(names[catalog](stringLiteral(name)))
  return rows.length > 0 === isDrop ? notDone : done
}

const names = {
  database: (name: string) => `SELECT FROM pg_database WHERE datname = ${name}`,
  tablespace: (name: string) => `SELECT FROM pg_tablespace WHERE spcname = ${name}`,
  subscription: (name: string) =>
    `SELECT FROM pg_subscription WHERE subname = ${name} AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
}

const regclass = (name: QualifiedName): string =>
  `to_regclass(${stringLiteral(quoteQualified(name))})`

const quotedText = (name: string): string =>
  stringLiteral(quoteQualified({ schema: undefined, name }))
