import { whatIs } from '../declarations/declaration.ts'
import { LimbeckError, messageOf } from '../errors.ts'
import { describe } from '../operations/describe.ts'
import type { Custom, Operation, OperationOf } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { CompiledOperation, CompileOptions, CompileTable, Dialect } from './dialect.ts'

/** How a database spells what stands in the SQL of the project's own operations. */
export type Spelling = Pick<Dialect, 'name' | 'quote' | 'quoteQualified' | 'literal'>

/** The statements of one operation, in order: what the table has for it, or its own SQL. */
export function compileWith(
  table: CompileTable,
  spelling: Spelling,
  operation: CompiledOperation,
  options: CompileOptions,
): Statement[] {
  const pieces =
    operation.kind === 'custom'
      ? ownSql(operation, spelling, options).flatMap(own => table.execute(own, options))
      : entryOf(table, operation.kind)(operation, options)
  return pieces.map(piece =>
    typeof piece === 'string'
      ? { sql: piece, transactional: true, operation }
      : { ...piece, operation },
  )
}

type Entry = (operation: Operation, options: CompileOptions) => readonly (string | Statement)[]

function entryOf(table: CompileTable, kind: keyof CompileTable): Entry {
  const entry: unknown = table[kind]
  if (typeof entry === 'function') return entry as Entry
  throw new LimbeckError('DECLARATION_INVALID', `There is no operation ${String(kind)}.`, {
    facts: { operation: kind },
    hint: 'Record operations with `op`; `defineOperation` makes one of your own.',
  })
}

/** The statements of an operation of the project's own, each as op.execute would record it. */
function ownSql(
  operation: Custom,
  { name: dialect, quote, quoteQualified, literal }: Spelling,
  { serverVersion }: CompileOptions,
): OperationOf<'execute'>[] {
  const { args, definition } = operation
  if (definition.dialects?.includes(dialect) === false) throw notFor(dialect, operation)
  const sql = guarded(operation, () =>
    definition.compile(args as never, {
      dialect,
      serverVersion,
      literal,
      quote: name => (typeof name === 'string' ? quote(name) : quoteQualified(name)),
    }),
  )
  return [sql].flat().map(piece => executed(operation, piece))
}

function executed({ name }: Custom, piece: unknown): OperationOf<'execute'> {
  const given = typeof piece === 'string' ? { sql: piece } : (piece as { sql?: unknown })
  if (typeof given?.sql === 'string') return { kind: 'execute', ...given, sql: given.sql }
  throw new LimbeckError(
    'DECLARATION_INVALID',
    `\`compile\` of ${name} gave what is no SQL: it is ${whatIs(piece)}.`,
    { facts: { operation: name }, hint: 'Give a text, sql`…`, or { sql, parameters }; or a list.' },
  )
}

/** What its code throws is the project's own error. */
function guarded<T>({ name }: Custom, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (error instanceof LimbeckError) throw error
    throw new LimbeckError('SCRIPT_FAILED', `\`compile\` of ${name} failed: ${messageOf(error)}`, {
      facts: { operation: name, reason: messageOf(error) },
      hint: 'Correct its definition; `--trace` shows where it failed.',
      cause: error,
    })
  }
}

function notFor(dialect: string, operation: Custom): LimbeckError {
  const { dialects = [] } = operation.definition
  return new LimbeckError(
    'OPERATION_UNSUPPORTED',
    `\`${describe(operation)}\` is defined for ${dialects.join(' and ')}, and this is ${dialect}.`,
    {
      facts: { database: dialect, operation: operation.name, dialects },
      hint: `Add ${dialect} to the \`dialects\` of ${operation.name}, with the SQL for it.`,
    },
  )
}
