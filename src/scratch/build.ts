import { compileWhole } from '../dialects/compile-whole.ts'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { Operation } from '../operations/operation.ts'
import type { SourceContent, SourceStatement } from '../sources/source.ts'
import {
  type BuildFailure,
  type BuildUnit,
  operationRefused,
  statementRefused,
} from './build-errors.ts'
import { isOutOfLocks } from './piecewise.ts'

export interface BuildOptions {
  /** What cannot be built is left out, instead of being an error. */
  readonly isOptional?: boolean | undefined
}

/**
 * Builds what a source says in the transaction that is open on the connection. Gives the operations
 * that were left out, which are none unless the building is optional.
 */
export async function buildSource(
  connection: Connection,
  content: SourceContent,
  dialect: Dialect,
  { isOptional = false }: BuildOptions = {},
): Promise<readonly Operation[]> {
  if ('ddl' in content) {
    await buildStatements(connection, content.ddl)
    return []
  }
  const failures = await buildOperations(connection, content.operations, dialect)
  if (failures.length > 0 && !isOptional) throw operationRefused(failures)
  return failures.map(({ unit }) => unit.operation)
}

async function buildStatements(
  connection: Connection,
  statements: readonly SourceStatement[],
): Promise<void> {
  try {
    await connection.executeAll(statements.map(({ sql }) => sql))
  } catch (error) {
    const index = error instanceof DatabaseError ? error.statementIndex : undefined
    const statement = index === undefined ? undefined : statements[index]
    throw statement === undefined ? error : statementRefused(statement, error as DatabaseError)
  }
}

/** How many operations share a savepoint: what stands before a failure among them is done again. */
const unitsTogether = 50

/**
 * Builds operations that may come in any order: what fails is tried again once all others were, until
 * a round makes no progress. Gives what failed in that round.
 */
async function buildOperations(
  connection: Connection,
  operations: readonly Operation[],
  dialect: Dialect,
): Promise<readonly BuildFailure[]> {
  const { serverVersion } = connection
  let waiting: readonly BuildUnit[] = inParts(operations).map(operation => ({
    operation,
    statements: compile(operation, dialect, serverVersion),
  }))
  for (;;) {
    const failures: BuildFailure[] = []
    for (let first = 0; first < waiting.length; first += unitsTogether) {
      const units = waiting.slice(first, first + unitsTogether)
      failures.push(...(await buildTogether(connection, units)))
    }
    if (failures.length === 0 || failures.length === waiting.length) return failures
    // What waits mostly waits for something behind it.
    waiting = failures.map(({ unit }) => unit).reverse()
  }
}

function compile(operation: Operation, dialect: Dialect, serverVersion: number): string[] {
  return compileWhole(operation, dialect, { serverVersion }).map(({ sql }) => sql)
}

/**
 * Foreign keys leave their tables, since two tables may refer to each other; indexes leave their
 * CONCURRENTLY, which no transaction allows and which changes nothing of what they are.
 */
function inParts(operations: readonly Operation[]): Operation[] {
  const foreignKeys: Operation[] = []
  const rest = operations.map((operation): Operation => {
    if (operation.kind === 'createIndex') {
      return { ...operation, index: { ...operation.index, concurrently: undefined } }
    }
    if (operation.kind !== 'createTable') return operation
    const own = operation.constraints.filter(({ type }) => type !== 'foreignKey')
    const keys = operation.constraints.filter(({ type }) => type === 'foreignKey')
    foreignKeys.push(...keys.map(constraint => ({ kind: 'createConstraint' as const, constraint })))
    return { ...operation, constraints: own }
  })
  return [...rest, ...foreignKeys]
}

/** Builds units in their order, passing over those that are refused. */
async function buildTogether(
  connection: Connection,
  units: readonly BuildUnit[],
): Promise<BuildFailure[]> {
  const failures: BuildFailure[] = []
  let rest = units
  while (rest.length > 0) {
    const failure = await tryAll(connection, rest)
    if (failure === undefined) break
    failures.push(failure)
    const position = rest.indexOf(failure.unit)
    await connection.executeAll(rest.slice(0, position).flatMap(unit => unit.statements))
    rest = rest.slice(position + 1)
  }
  return failures
}

/** Builds all units or none; what was refused if it is none. */
async function tryAll(
  connection: Connection,
  units: readonly BuildUnit[],
): Promise<BuildFailure | undefined> {
  const owners = units.flatMap(unit => unit.statements.map(() => unit))
  const statements = units.flatMap(unit => unit.statements)
  try {
    await connection.executeAll([`SAVEPOINT ${savepoint}`, ...statements, `RELEASE ${savepoint}`])
    return undefined
  } catch (error) {
    const index = error instanceof DatabaseError ? error.statementIndex : undefined
    const unit = index === undefined ? undefined : owners[index - 1]
    if (unit === undefined || isOutOfLocks(error)) throw error
    await connection.executeAll([`ROLLBACK TO ${savepoint}`, `RELEASE ${savepoint}`])
    return { unit, error: error as DatabaseError }
  }
}

const savepoint = 'limbeck_build'
