import { compileWhole } from '../../src/dialects/compile-whole.ts'
import type { Dialect } from '../../src/dialects/dialect.ts'
import { mysql } from '../../src/dialects/mysql/dialect.ts'
import { sqlite } from '../../src/dialects/sqlite/dialect.ts'
import { type Op, record } from '../../src/operations/op.ts'

/** The SQL of directives, on one line each. */
function written(dialect: Dialect, serverVersion?: number) {
  return (script: (op: Op) => void): string[] =>
    record(script)
      .flatMap(operation => compileWhole(operation, dialect, { serverVersion }))
      .map(({ sql }) => sql.replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')'))
}

export const forSqlite = written(sqlite)
export const forMysql = written(mysql)
/** For a server that is known to be MySQL, not MariaDB. */
export const forMysqlProper = written(mysql, 80_036)
