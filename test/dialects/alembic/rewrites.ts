import { createdTable } from './same-sql.ts'
import type { DdlVector } from './vector.ts'

/** An INSERT with its rows behind those of the one before, where both begin alike. */
export function togetherWith(done: readonly string[], insert: string): readonly string[] {
  const [, head, row] = /^(INSERT INTO .*?\)VALUES)(.*)$/s.exec(insert) ?? []
  const last = done.at(-1)
  if (head === undefined || !last?.startsWith(head)) return [...done, insert]
  return [...done.slice(0, -1), `${last},${row}`]
}

/** A text with doubled quotes and backslashes as limbeck spells it in bytes. */
export function inBytes(text: string): string {
  const bytes = Buffer.from(text.replaceAll("''", "'").replaceAll('\\\\', '\\'))
  return `_utf8mb4 X'${bytes.toString('hex')}'`
}

/** CREATE TABLE with the checks of its columns behind its other constraints. */
export function checksMoved(sql: string): string {
  return createdTable(sql, entries => {
    const parts = entries.map(checkOf)
    return [...parts.map(([entry]) => entry), ...parts.flatMap(([, check]) => check ?? [])]
  })
}

/** A column's entry, and the check that it ends with. */
function checkOf(entry: string): [entry: string, check?: string | undefined] {
  if (/^(CONSTRAINT|CHECK)\b/.test(entry)) return [entry]
  const [, column, check] = /^(.*?) ?((?:CONSTRAINT \w+ )?CHECK\(.*\))$/.exec(entry) ?? []
  return column === undefined ? [entry] : [column, check]
}

/** ADD COLUMN with what is its own constraint as a second change of the same statement. */
export function addedConstraints(sql: string): string {
  if (!sql.includes(' ADD COLUMN ')) return sql
  const [column = sql, check] = checkOf(sql)
  if (check !== undefined) return `${column},ADD ${check}`
  return sql.replace(/ ADD COLUMN (\w+) (.*) PRIMARY KEY$/, ' ADD COLUMN $1 $2,ADD PRIMARY KEY($1)')
}

/** The recorded copy and swap with what limbeck does around it. */
export function guarded(sql: readonly string[], { args }: DdlVector): readonly string[] {
  const [create, insert, drop, rename, ...indexes] = sql.map(text => renamed(text, args.table))
  if (!create?.startsWith('CREATE TABLE') || !rename?.includes(' RENAME TO ')) return sql
  const counts = create.includes('AUTOINCREMENT')
  const fresh = `_limbeck_new_${args.table}`
  return [
    'PRAGMA foreign_keys=OFF',
    create,
    unqualified(insert ?? '', args),
    ...(counts
      ? [
          `DELETE FROM sqlite_sequence WHERE name='${fresh}'`,
          `INSERT INTO sqlite_sequence(name,seq)SELECT '${fresh}',seq FROM sqlite_sequence WHERE name='${args.table}'`,
        ]
      : []),
    drop ?? '',
    'PRAGMA legacy_alter_table=ON',
    rename,
    'PRAGMA legacy_alter_table=OFF',
    ...indexes,
    'CREATE TEMP TABLE _limbeck_check(violations INTEGER CONSTRAINT every_foreign_key_holds CHECK(violations=0))',
    `INSERT INTO temp._limbeck_check SELECT count(*)FROM pragma_foreign_key_check${args.schema ? `(NULL,'${args.schema}')` : ''}`,
    'DROP TABLE temp._limbeck_check',
    'PRAGMA foreign_keys=ON',
  ]
}

/** Alembic cuts the name of its table at fifty characters. */
function renamed(sql: string, table: string): string {
  return sql.replaceAll(`_alembic_tmp_${table}`.slice(0, 50), `_limbeck_new_${table}`)
}

/** The columns of the old table without its name, and a cast without the name it would have anyway. */
function unqualified(insert: string, { schema, table }: DdlVector['args']): string {
  const name = /^\w+$/.test(table) ? table : `"${table}"`
  return insert
    .replaceAll(`${schema ? `${schema}.` : ''}${name}.`, '')
    .replace(/(CAST\([^()]*\))AS \w+/g, '$1')
    .replace(/SELECT CAST\((\w+) AS/g, 'SELECT CAST($1 AS')
}
