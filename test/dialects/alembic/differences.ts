import type { DdlAnswer } from './answer.ts'
import type { Directive } from './directives.ts'
import { addedConstraints, checksMoved, guarded, inBytes, togetherWith } from './rewrites.ts'
import { comparable, createdTable, listed } from './same-sql.ts'
import type { DdlVector } from './vector.ts'

/** A rule by which limbeck knowingly writes other SQL than Alembic. */
export interface DdlDifference {
  readonly id: string
  readonly reason: string
  /** The recorded statements, in comparable form, as limbeck writes them. */
  rewrite?(sql: readonly string[], vector: DdlVector): readonly string[]
  /** Where one side refuses: whether the situation is the rule's, and our answer the one it gives. */
  covers?(vector: DdlVector, ours: DdlAnswer): boolean
}

const isPostgresql = ({ dialect }: DdlVector) => dialect === 'postgresql'
const isMysql = ({ dialect }: DdlVector) => dialect === 'mysql'
const isSqlite = ({ dialect }: DdlVector) => dialect === 'sqlite'
const isRefusal = (ours: DdlAnswer) => 'error' in ours && ours.error.startsWith('OPERATION_')

/** A rule that rewrites each statement by itself, on some databases. */
function each(
  applies: (vector: DdlVector) => boolean,
  rewrite: (sql: string, vector: DdlVector) => string,
): NonNullable<DdlDifference['rewrite']> {
  return (sql, vector) => (applies(vector) ? sql.map(text => rewrite(text, vector)) : sql)
}

export const differences: readonly DdlDifference[] = [
  {
    id: 'colons-are-text',
    reason: 'A word behind a colon inside a text stays text; Alembic takes it for a parameter.',
    rewrite: each(
      ({ op }) => op === 'execute',
      (sql, { args }) => (/':\w+'/.test(args.sql) ? comparable(args.sql) : sql),
    ),
  },
  {
    id: 'decimals-are-texts',
    reason:
      'A decimal is a text in JavaScript and written as one, of which the column makes a number.',
    rewrite: each(
      ({ args }) => JSON.stringify(args.binds ?? {}).includes('"decimal"'),
      sql => sql.replace(/=(\d+\.\d+)/, "='$1'"),
    ),
  },
  {
    id: 'rows-together',
    reason: 'Rows that give the same columns are one INSERT; Alembic writes one for each.',
    rewrite: (sql, { op }) => (op === 'bulk_insert' ? sql.reduce(togetherWith, []) : sql),
  },
  {
    id: 'tabs-stay',
    reason: 'A tab in a text stays one; Alembic writes four spaces in a script.',
    rewrite: each(
      ({ op, args }) => op === 'bulk_insert' && JSON.stringify(args.rows).includes('\\t'),
      sql => sql.replaceAll('    ', '\t'),
    ),
  },
  {
    id: 'moments-without-zeros',
    reason:
      'On SQLite a time has as many digits behind its seconds as it needs; Alembic writes six.',
    rewrite: each(
      vector => isSqlite(vector) && vector.op === 'bulk_insert',
      sql => sql.replace(/(:\d\d)(\.000|(\.\d{3}))000'/, "$1$3'"),
    ),
  },
  {
    id: 'backslashes-in-bytes',
    reason:
      "A text with a backslash is written in bytes for MySQL, since what a backslash means depends on the server's sql_mode.",
    rewrite: each(
      vector => isMysql(vector) && vector.op === 'bulk_insert',
      sql => sql.replace(/'((?:[^']|'')*\\(?:[^']|'')*)'/g, (_, text: string) => inBytes(text)),
    ),
  },
  {
    id: 'json-and-bytes',
    reason: 'JSON and bytes are written as literals; Alembic cannot write them into a script.',
    covers: ({ op, error }, ours) =>
      op === 'bulk_insert' &&
      error?.category === 'cannot-render' &&
      'sql' in ours &&
      / VALUES \(('\{.*\}'|X'00ff27'|'\\x00ff27'::bytea)\)$/.test(ours.sql.join()),
  },
  {
    id: 'version-table-if-missing',
    reason:
      'The version table is created where it is missing, and asked for nothing when written to.',
    rewrite: each(
      ({ op }) => op === 'version_table',
      sql =>
        sql
          .replace(/^CREATE TABLE (?!IF)/, 'CREATE TABLE IF NOT EXISTS ')
          .replace(/ ?RETURNING .*$/, ''),
    ),
  },
  {
    id: 'column-clauses-in-one-order',
    reason: 'A column says its comment last.',
    rewrite: each(isMysql, sql =>
      sql.replace(/( COMMENT '(?:[^']|'')*')( AUTO_INCREMENT)/g, '$2$1'),
    ),
  },
  {
    id: 'checks-beside-columns',
    reason:
      'The check of a column stands beside the columns, or beside the ADD COLUMN: MariaDB takes no named one inside.',
    rewrite: (sql, vector) => {
      const moved = sql.map(checksMoved)
      return isMysql(vector) ? moved.map(addedConstraints) : moved
    },
  },
  {
    id: 'table-options-as-given',
    reason: 'The options of a table stand in the order they are given in.',
    rewrite: each(isMysql, sql => sql.replace(/( ROW_FORMAT=\w+) COLLATE (\w+)$/, ' COLLATE=$2$1')),
  },
  {
    id: 'virtual-is-said',
    reason: 'A generated column says whether it is stored.',
    rewrite: each(isMysql, sql =>
      sql.replace(/(GENERATED ALWAYS AS\([^()]*\))(?=[,)])/g, '$1VIRTUAL'),
    ),
  },
  {
    id: 'uuid-with-hyphens',
    reason: 'A uuid is kept as it is read: 36 characters.',
    rewrite: each(
      vector => JSON.stringify(vector.args).includes('"Uuid"'),
      sql =>
        sql
          .replace('CHAR(32)', 'CHAR(36)')
          .replace(/'(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})'/, "'$1-$2-$3-$4-$5'"),
    ),
  },
  {
    id: 'rename-keeps-the-column',
    reason: 'A new name alone is RENAME COLUMN, which needs no description and loses nothing.',
    rewrite: each(
      vector => isMysql(vector) && changesOf(vector).every(isRename),
      sql => sql.replace(/ CHANGE (\w+) (\w+) .*$/, ' RENAME COLUMN $1 TO $2'),
    ),
    covers: (vector, ours) =>
      isMysql(vector) &&
      vector.error?.category === 'command-error' &&
      changesOf(vector).every(isRename) &&
      'sql' in ours &&
      ours.sql.every(sql => sql.includes(' RENAME COLUMN ')),
  },
  {
    id: 'modify-where-the-name-stays',
    reason: 'A column that keeps its name is changed by MODIFY.',
    rewrite: each(isMysql, sql => sql.replace(/ CHANGE (\w+) \1 /, ' MODIFY $1 ')),
  },
  {
    id: 'large-defaults-are-expressions',
    reason: 'MySQL takes the default of a TEXT, BLOB or JSON column only in parentheses.',
    rewrite: each(isMysql, sql =>
      sql.replace(
        /( (?:TEXT|BLOB|JSON)\b[^,]*? DEFAULT )('(?:[^']|'')*')/g,
        (_, head, text) => `${head.trimEnd()}(${text})`,
      ),
    ),
  },
  {
    id: 'drop-check-on-either-server',
    reason: 'A check is dropped by DROP CONSTRAINT, which MySQL and MariaDB both know.',
    rewrite: each(isMysql, sql => sql.replace(' DROP CHECK ', ' DROP CONSTRAINT ')),
  },
  {
    id: 'if-exists-is-kept',
    reason: 'IF EXISTS of a constraint is written; Alembic leaves it out on MySQL.',
    rewrite: each(
      ({ op, args, dialect }) => dialect === 'mysql' && op === 'drop_constraint' && args.ifExists,
      sql => sql.replace(/ DROP INDEX /, ' DROP INDEX IF EXISTS '),
    ),
  },
  {
    id: 'index-expressions-in-parentheses',
    reason: 'MySQL wants parentheses of its own around each expression among the keys of an index.',
    rewrite: each(
      vector => isMysql(vector) && vector.op === 'create_index',
      sql =>
        sql.replace(/\((.*)\)$/, (_, keys: string) => {
          const wrapped = listed(keys).map(key => (/^\w+\(/.test(key) ? `(${key})` : key))
          return `(${wrapped.join(',')})`
        }),
    ),
  },
  {
    id: 'checks-are-kept',
    reason: 'The check of a type is written into ADD COLUMN; Alembic leaves it out on SQLite.',
    rewrite: (sql, vector) => {
      const { column } = vector.args
      if (!isSqlite(vector) || !column?.type?.createConstraint) return sql
      const name = column.type.name ? ` CONSTRAINT ${column.type.name}` : ''
      return sql.map(text => `${text}${name} CHECK(${column.name} IN(0,1))`)
    },
  },
  {
    id: 'no-check-twice',
    reason: 'A constraint stands once in a rebuilt table; Alembic may repeat the check of a type.',
    rewrite: each(isBatch, sql => createdTable(sql, entries => [...new Set(entries)])),
  },
  {
    id: 'rename-in-place',
    reason:
      'New names alone are RENAME COLUMN, which takes along what names the columns elsewhere.',
    rewrite: (sql, vector) => {
      const changes = changesOf(vector)
      if (!isBatch(vector) || changes.length === 0 || !changes.every(isRename)) return sql
      return changes.map(
        ({ args }) =>
          `ALTER TABLE ${vector.args.table} RENAME COLUMN ${args.column} TO ${args.newName}`,
      )
    },
  },
  {
    id: 'checks-go-with-their-column',
    reason: 'A column takes along the checks that name it; with them the rebuild of Alembic fails.',
    rewrite: each(isBatch, (sql, vector) => {
      const gone = changesOf(vector).filter(({ op }) => op === 'drop_column')
      const names = new RegExp(`\\b(${gone.map(({ args }) => args.column).join('|') || '(?!)'})\\b`)
      return createdTable(sql, entries =>
        entries.filter(entry => !(entry.includes('CHECK(') && names.test(entry))),
      )
    }),
  },
  {
    id: 'generated-columns-are-not-copied',
    reason: 'A rebuild leaves generated columns to fill themselves; SQLite refuses to copy them.',
    rewrite: (sql, vector) => {
      const columns: { name: string; computed?: object }[] = vector.args.copyFrom?.columns ?? []
      const names = columns.filter(({ computed }) => computed).map(({ name }) => name)
      if (names.length === 0) return sql
      return sql.map(text =>
        text.startsWith('INSERT')
          ? text.replace(new RegExp(`,(\\w+\\.)?(${names.join('|')})\\b`, 'g'), '')
          : text,
      )
    },
  },
  {
    id: 'guarded-rebuild',
    reason:
      'A rebuild switches foreign keys off around the transaction and checks them in the end, leaves views alone, and keeps the number that AUTOINCREMENT has come to.',
    rewrite: (sql, vector) => (isBatch(vector) ? guarded(sql, vector) : sql),
  },
  {
    id: 'schema-is-one-name',
    reason: 'A dot in the name of a schema is a part of it; Alembic splits some names there.',
    rewrite: (sql, { args }) =>
      args.schema?.includes('.')
        ? sql.map(text => text.replaceAll(`${args.schema}.`, `"${args.schema}".`))
        : sql,
  },
  {
    id: 'casts-are-said',
    reason: 'A change of type that PostgreSQL makes only when it is told how says USING.',
    rewrite: each(isPostgresql, sql =>
      sql.replace(/( ALTER COLUMN (\w+) TYPE (BOOLEAN|INTEGER))$/, '$1 USING $2::$3'),
    ),
  },
  {
    id: 'reference-beside-the-column',
    reason: 'A foreign key stands beside the ADD COLUMN, in the same statement.',
    rewrite: each(isPostgresql, sql =>
      sql.replace(
        / ADD COLUMN (\w+) (\w+) REFERENCES /,
        ' ADD COLUMN $1 $2,ADD FOREIGN KEY($1)REFERENCES ',
      ),
    ),
  },
  {
    id: 'no-empty-change',
    reason: 'A change that changes nothing is no statement; Alembic writes one without an end.',
    rewrite: (sql, vector) =>
      isPostgresql(vector) ? sql.filter(text => !/ ALTER COLUMN \w+$/.test(text)) : sql,
  },
  {
    id: 'refused-before-it-runs',
    reason:
      'What the database has no words for is refused when it is compiled, and says what to do instead.',
    covers: (vector, ours) =>
      isRefusal(ours) && !vector.error && (vector.executes?.ok === false || isUnknownTo(vector)),
  },
  {
    id: 'nothing-is-left-out',
    reason: 'What a column is told and the database cannot keep is refused; Alembic leaves it out.',
    covers: (vector, ours) => isRefusal(ours) && isLeftOut(vector),
  },
  {
    id: 'whole-column-is-described',
    reason:
      'MySQL says a whole column again: without `existing` its other properties would be lost.',
    covers: (vector, ours) =>
      isMysql(vector) &&
      vector.op === 'alter_column' &&
      !vector.args.existingType &&
      'error' in ours &&
      ours.error === 'OPERATION_INCOMPLETE',
  },
  {
    id: 'place-takes-a-rebuild',
    reason: 'The place of a new column makes SQLite build the table anew without being told to.',
    covers: (vector, ours) =>
      isBatch(vector) && vector.error?.category === 'command-error' && 'sql' in ours,
  },
  {
    id: 'counting-can-be-added',
    reason:
      'A column can begin to count by itself, on PostgreSQL from the numbers that it holds; Alembic fails, or warns and does nothing.',
    covers: ({ args, sql }, ours) =>
      (args.serverDefault?.identity !== undefined || args.autoincrement === true) &&
      sql.length === 0 &&
      'sql' in ours &&
      / AUTO_INCREMENT$| ADD GENERATED .* AS IDENTITY$/.test(ours.sql[0]!),
  },
  {
    id: 'generated-can-be-changed',
    reason: 'On PostgreSQL a column can become a generated one, and cease to be; Alembic refuses.',
    covers: (vector, ours) =>
      isPostgresql(vector) &&
      vector.op === 'alter_column' &&
      vector.error?.category === 'cannot-render' &&
      'sql' in ours &&
      / GENERATED ALWAYS AS | DROP EXPRESSION$/.test(ours.sql.at(-1)!),
  },
  {
    id: 'include-of-a-constraint',
    reason: 'A unique constraint takes columns along; Alembic fails.',
    covers: ({ args, error }, ours) =>
      error?.category === 'internal' &&
      args.postgresql?.include &&
      'sql' in ours &&
      ours.sql.length === 1 &&
      / UNIQUE \(.*\) INCLUDE \(.*\)$/.test(ours.sql[0]!),
  },
  {
    id: 'no-rebuild-without-need',
    reason: 'Only SQLite builds a table anew; elsewhere a batch that asks for it is refused.',
    covers: ({ op, args, dialect }, ours) =>
      op === 'batch_alter_table' &&
      args.recreate === 'always' &&
      dialect !== 'sqlite' &&
      isRefusal(ours),
  },
]

function isBatch(vector: DdlVector): boolean {
  return isSqlite(vector) && vector.op === 'batch_alter_table'
}

/** The directives of a batch, or the one there is. */
function changesOf({ op, args }: DdlVector): readonly Directive[] {
  return op === 'batch_alter_table' ? args.operations : [{ op, args }]
}

function isRename({ op, args }: Directive): boolean {
  const changes = ['nullable', 'type', 'serverDefault', 'comment', 'autoincrement']
  return op === 'alter_column' && args.newName && !changes.some(key => args[key] !== undefined)
}

/** Statements that the database has no grammar for, where nobody has tried. */
function isUnknownTo({ dialect, sql }: DdlVector): boolean {
  const words = dialect === 'sqlite' ? / ALTER COLUMN |^COMMENT ON / : /DEFERRABLE| ON no_table$/
  return sql.some(text => words.test(text))
}

function isLeftOut({ dialect, args }: DdlVector): boolean {
  const columns: DdlVector['args'][] = args.columns ?? (args.column ? [args.column] : [])
  return columns.some(({ identity, references }) =>
    dialect === 'sqlite' ? references?.schema !== undefined : identity !== undefined,
  )
}
