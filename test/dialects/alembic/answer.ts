import { compileWhole } from '../../../src/dialects/compile-whole.ts'
import type { Dialect } from '../../../src/dialects/dialect.ts'
import { loadDialect } from '../../../src/dialects/load-dialect.ts'
import { LimbeckError } from '../../../src/errors.ts'
import { bindLiterals } from '../../../src/operations/bind-literals.ts'
import { VersionTable } from '../../../src/runtime/version-table.ts'
import { operationsOf } from './directives.ts'
import type { DdlVector } from './vector.ts'

/** What limbeck makes of a directive: statements, or the code of its refusal. */
export type DdlAnswer =
  | { readonly sql: readonly string[] }
  | { readonly error: string; readonly message: string }

/** The statements that limbeck writes for a vector's directive. */
export async function ddlAnswer(vector: DdlVector): Promise<DdlAnswer> {
  const dialect = await loadDialect(vector.dialect)
  try {
    return { sql: statementsOf(vector, dialect) }
  } catch (error) {
    if (error instanceof LimbeckError) return { error: error.code, message: error.message }
    throw error
  }
}

/** The statements that build what a vector's directive works on. */
export async function givenStatements(vector: DdlVector): Promise<string[]> {
  const { dialect, op, args } = vector
  // Where rows were only written, nothing says what table they are for.
  const { given = op === 'bulk_insert' ? [{ op: 'create_table', args }] : [] } = vector
  const own = await loadDialect(dialect)
  return given
    .flatMap(directive => operationsOf(directive, vector))
    .flatMap(operation => compileWhole(operation, own).map(({ sql }) => sql))
}

function statementsOf(vector: DdlVector, dialect: Dialect): string[] {
  if (vector.op === 'version_table') return versionStatements(vector, dialect)
  const operations = operationsOf(vector, vector)
  const statements = operations.flatMap(operation => compileWhole(operation, dialect))
  const around = statements.flatMap(statement => statement.around ?? [])
  return [
    ...around.map(({ before }) => before),
    ...statements.map(({ sql, parameters = [] }) => bindLiterals(sql, parameters, dialect)),
    ...around.map(({ after }) => after),
  ]
}

/** The statements on the version table itself. */
function versionStatements({ args, context = {} }: DdlVector, dialect: Dialect): string[] {
  const { versionTable: name = 'alembic_version', versionTableSchema: schema } = context
  const table = new VersionTable(dialect, { schema, name }, context.versionTablePk)
  return args.actions.flatMap(([action, ...ids]: string[]) => {
    if (action === 'create') return [table.createStatement()]
    const [id = '', to = ''] = ids
    const none = { deletes: [], updates: [], inserts: [] }
    const changes = {
      insert: { ...none, inserts: [id] },
      update: { ...none, updates: [[id, to] as const] },
      delete: { ...none, deletes: [id] },
    }[action as 'insert']
    return table.rowStatements(changes).map(({ sql }) => sql)
  })
}
