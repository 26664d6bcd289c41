import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { native } from 'limbeck'
import { check, type ModelsInput, type ModelsResult, models } from 'limbeck/commands'
import { connectServer } from '../../src/dialects/postgresql/connect/server.ts'
import { postgresql } from '../../src/dialects/postgresql/dialect.ts'
import { buildSource } from '../../src/scratch/build.ts'
import { dumpOf, load, settledDump } from '../round-trip/direct-build.ts'
import { firstDifference } from '../round-trip/dump.ts'
import { RoundTripFailure, stage } from '../round-trip/failure.ts'
import type { RoundTripCase } from '../round-trip/round-trip.ts'
import type { TestServer } from '../support/servers.ts'

export interface TripOptions extends Pick<ModelsInput, 'singleFile'> {
  /** More of the config. */
  readonly config?: object
}

/**
 * The law: models are written of a database that was built directly; compared with it they differ in
 * nothing, and an empty database that is built from them has the same dump. Throws a `RoundTripFailure`.
 */
export async function modelsTrip(
  server: TestServer,
  { after, setup }: Pick<RoundTripCase, 'after' | 'setup'>,
  { config = {}, ...input }: TripOptions = {},
): Promise<ModelsResult> {
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-models-'))
  const ours = await server.createDatabase('ours')
  try {
    const expected = await settledDump(server, after, setup)
    await stage('direct build', () => load(ours.url, expected))
    writeConfig(folder, entry(input), { url: ours.url, manage: 'all', ...config })
    const project = { cwd: folder, env: {} }
    const written = await stage('models', () =>
      models({ ...project, ...input, output: place(input) }),
    )
    const { pending } = await stage('check', () => check(project))
    if (pending[0] !== undefined)
      throw new RoundTripFailure(
        'check',
        `pending: ${pending.map(one => one.description).join('; ')}`,
      )
    const dump = await stage('build', () =>
      dumpOfModels(server, join(folder, entry(input)), folder, config),
    )
    const difference = firstDifference(dump, expected)
    if (difference !== undefined) throw new RoundTripFailure('build', difference)
    return written
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await ours.drop()
  }
}

const place = ({ singleFile }: TripOptions) => (singleFile ? 'models.ts' : 'models')
const entry = ({ singleFile }: TripOptions) => (singleFile ? 'models.ts' : 'models/index.ts')

function writeConfig(folder: string, models: string, config: object): void {
  mkdirSync(join(folder, 'migrations/versions'), { recursive: true })
  const target = `() => import(${JSON.stringify(join(folder, models))})`
  writeFileSync(
    join(folder, 'limbeck.config.ts'),
    `export default { ...${JSON.stringify({ scriptLocation: './migrations', ...config })}, target: ${target} }\n`,
  )
}

/** What the models alone make of an empty database, read in the words that the database settles on. */
async function dumpOfModels(
  server: TestServer,
  path: string,
  folder: string,
  { namingConvention }: { readonly namingConvention?: object },
): Promise<string> {
  const built = await server.createDatabase('built')
  const connection = await connectServer({ url: built.url })
  try {
    const source = native(await import(pathToFileURL(path).href))
    const content = await source.load({
      dialect: 'postgresql',
      directory: folder,
      namingConvention,
    })
    await connection.query('BEGIN')
    await buildSource(connection, content, postgresql)
    await connection.query('COMMIT')
    const dump = join(folder, 'built.sql')
    writeFileSync(dump, await dumpOf(built.url))
    return await settledDump(server, dump)
  } finally {
    await connection.close()
    await built.drop()
  }
}
