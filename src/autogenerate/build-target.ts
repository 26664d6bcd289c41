import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { Operation } from '../operations/operation.ts'
import type { DatabaseSchema, QualifiedName } from '../schema/index.ts'
import { buildSource } from '../scratch/build.ts'
import { provideRequirements, requirementsOf } from '../scratch/requirements.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import type { SourceContent } from '../sources/source.ts'

interface BuildTargetOptions {
  readonly dialect: Dialect
  readonly scratch: ScratchDatabase
  /** limbeck's own tables: a dump of the database has them. */
  readonly exclude: readonly QualifiedName[]
}

/**
 * Builds the sources in scratch, after what the live database gives them, and reads the result. `use` gets
 * it while it is still there.
 */
export async function buildTarget<T>(
  { dialect, scratch, exclude }: BuildTargetOptions,
  contents: readonly SourceContent[],
  live: DatabaseSchema,
  creation: readonly Operation[],
  use: (connection: Connection, built: DatabaseSchema) => Promise<T>,
): Promise<T> {
  await provideAll(scratch.connection, contents, creation)
  const given = givenTo(contents, creation, live)
  return scratch.rehearse(async connection => {
    if (given.length > 0)
      await buildSource(connection, { operations: given, expresses: 'all' }, dialect, {
        isOptional: true,
      })
    for (const content of contents) await buildSource(connection, content, dialect)
    return use(connection, await dialect.introspect(connection, { exclude }))
  })
}

/** What is missing in the server of the scratch database is told at once, before any of it is missed. */
async function provideAll(
  connection: Connection,
  contents: readonly SourceContent[],
  creation: readonly Operation[],
): Promise<void> {
  const database: SourceContent = { operations: creation, expresses: 'all' }
  await provideRequirements(connection, {
    target: requirementsOf(contents),
    database: requirementsOf([database]),
  })
}

/**
 * What of the live database the sources rest on without saying so: the schema that unqualified names
 * mean, and what no source can express, as a model's default may call a function that only a migration
 * has made.
 */
function givenTo(
  contents: readonly SourceContent[],
  creation: readonly Operation[],
  { defaultSchema }: DatabaseSchema,
): Operation[] {
  const isMade = contents.some(content => createsSchema(content, defaultSchema))
  const home = isMade ? [] : creation.filter(operation => isSchema(operation, defaultSchema))
  return [...new Set([...home, ...inexpressible(contents, creation)])]
}

const isSchema = (operation: Operation, name: string): boolean =>
  operation.kind === 'createSchema' && operation.object.name === name

const createsSchema = (content: SourceContent, name: string): boolean =>
  'ddl' in content
    ? content.ddl.some(({ sql }) => /^create\s+schema\b/i.test(sql) && sql.includes(name))
    : content.operations.some(operation => isSchema(operation, name))

/** Of the operations that would build the live database, those that no source could ask for. */
function inexpressible(
  contents: readonly SourceContent[],
  creation: readonly Operation[],
): Operation[] {
  if (contents.some(({ expresses }) => expresses === 'all')) return []
  const expressed = new Set(contents.flatMap(({ expresses }) => expresses))
  return creation.filter(
    operation =>
      'object' in operation && 'kind' in operation.object && !expressed.has(operation.object.kind),
  )
}
