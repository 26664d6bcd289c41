import { join, resolve } from 'node:path'
import { placedSettings } from '../autogenerate/filter/placed-settings.ts'
import { Verdicts } from '../autogenerate/filter/verdicts.ts'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import { type Environment, loadEnvironment } from '../environment/environment.ts'
import { openProject, type Project } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { LimbeckError } from '../errors.ts'
import { contentOf } from '../files/content.ts'
import { writeTogether } from '../files/write-together.ts'
import { type Choice, chooseObjects, unknownTables } from '../models/choose-objects.ts'
import { type ModelText, modelTexts } from '../models/model-texts.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import type { DatabaseSchema, SchemaObject } from '../schema/index.ts'
import { listed } from '../text/sentences.ts'
import type { ModelsInput } from './inputs.ts'
import type { ModelFile, ModelsResult } from './results/models.ts'

/** Writes native models that say what a database is: autogenerate finds no difference to them. */
export async function models(input: ModelsInput): Promise<ModelsResult> {
  const project = await openProject(input)
  const environment = await loadEnvironment(project)
  const results: ModelsResult[] = []
  await runEnvironment({
    project,
    environment,
    work: async session => {
      // Where env.ts runs for several databases, the first of them is meant.
      if (results.length > 0) return
      const schema = await introspected(session)
      const choice = choiceOf(input, project, environment, session, schema)
      results.push(result(input, project, session, schema, choice))
    },
  })
  const [found] = results
  if (found!.isWritten) write(found!.files, input.force ?? false)
  return found!
}

const introspected = ({ dialect, connection, versionTable, ledger }: MigrationSession) =>
  dialect.introspect(connection!, { exclude: [versionTable.name, ledger.name] })

function choiceOf(
  { tables, schemas }: ModelsInput,
  { config }: Project,
  environment: Environment,
  { comparison }: MigrationSession,
  schema: DatabaseSchema,
): Choice {
  const unknown = unknownTables(schema, tables ?? [])
  if (unknown.length > 0) throw noSuchTable(unknown)
  const settings = placedSettings(comparison, environment)
  const nothing = { ...schema, objects: new Map(), dependencies: new Map() }
  const verdicts = new Verdicts({ current: schema, target: nothing }, settings)
  return {
    tables,
    schemas: schemas ?? managedSchemas(config, settings.includeSchemas, schema),
    leavesOut: id => verdicts.leavesOut(id),
  }
}

/** Where the project names the schemas that it looks at, the models are of these. */
function managedSchemas(
  { schemas }: ResolvedConfig,
  included: boolean | readonly string[] | undefined,
  { defaultSchema }: DatabaseSchema,
): readonly string[] | undefined {
  const listed = typeof included === 'object' ? included : []
  if (included === true || (schemas === undefined && listed.length === 0)) return undefined
  return [defaultSchema, ...(schemas ?? []), ...listed]
}

function result(
  { cwd = process.cwd(), output, singleFile = false, dryRun = false }: ModelsInput,
  { config }: Project,
  { database }: MigrationSession,
  schema: DatabaseSchema,
  choice: Choice,
): ModelsResult {
  const objects = chooseObjects(schema, choice)
  const { defaultSchema } = schema
  const { namingConvention } = config
  if (objects.length === 0) throw nothingToDeclare(database)
  const texts = modelTexts(objects, { defaultSchema, namingConvention, isSingle: singleFile })
  const place = resolve(cwd, output ?? (singleFile ? 'src/models.ts' : 'src/models'))
  const files = texts.map(text => modelFile(text, singleFile ? place : join(place, text.path)))
  return {
    database,
    output: place,
    isWritten: !dryRun,
    files,
    declared: countKinds(objects),
    notModelled: schema.unmodelled.map(({ kind, name }) => `${kind} ${name}`),
  }
}

function modelFile({ text }: ModelText, path: string): ModelFile {
  const before = contentOf(path)
  const state = before === undefined ? 'new' : before === text ? 'unchanged' : 'changed'
  return { path, state, code: text }
}

function countKinds(objects: readonly SchemaObject[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of objects) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function write(files: readonly ModelFile[], mayReplace: boolean): void {
  const changed = files.filter(({ state }) => state === 'changed').map(({ path }) => path)
  if (changed.length > 0 && !mayReplace) throw otherContent(changed)
  const differing = files.filter(({ state }) => state !== 'unchanged')
  writeTogether(differing.map(({ path, code }) => ({ path, content: code })))
}

function otherContent(paths: readonly string[]): LimbeckError {
  return new LimbeckError(
    'FILE_EXISTS',
    ['These files are there and say something else:', ...paths.map(path => `  ${path}`)].join('\n'),
    {
      facts: { paths },
      hint: 'Nothing was written. `--force` replaces them, `--output` names another folder, `--stdout` only shows the models.',
    },
  )
}

function noSuchTable(tables: readonly string[]): LimbeckError {
  return new LimbeckError('USAGE', `The database has no table or view ${listed(tables)}.`, {
    facts: { tables },
    hint: 'A table of another schema than the default one is named with it: auth.users; `*` stands for anything.',
  })
}

function nothingToDeclare(database: string): LimbeckError {
  return new LimbeckError('DATABASE_EMPTY', `There is nothing to make models of in ${database}.`, {
    facts: { database },
    hint: 'Check the URL, `--schema`, and what env.ts and the config leave out.',
  })
}
