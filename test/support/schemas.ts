import { createGenerator } from 'ts-json-schema-generator'
import { commands } from '../../src/cli/commands.ts'
import { projectRoot } from './source-files.ts'

/** A published schema: its file in `schemas/`, and the type that it describes. */
export interface PublishedSchema {
  readonly name: string
  readonly type: string
  /** Where that is, in `src`; a file of `commands/results/` by default. */
  readonly file?: string | undefined
}

/** One schema for each command, one for errors, and one for the lines of the log. */
export const publishedSchemas: readonly PublishedSchema[] = [
  ...commands.map(({ name }) => ({ name, type: `${pascal(name)}Result` })),
  { name: 'error', type: 'ErrorDocument' },
  { name: 'log', type: 'LogLine', file: 'cli/log-line.ts' },
]

/** `ensure-version` is `EnsureVersion`. */
function pascal(name: string): string {
  return name
    .split('-')
    .map(word => word[0]!.toUpperCase() + word.slice(1))
    .join('')
}

type Schema = Readonly<Record<string, unknown>>

interface GeneratedSchema {
  readonly $ref?: string | undefined
  readonly definitions?: Readonly<Record<string, unknown>> | undefined
}

/** Makes the schemas from the types, by name. */
export function generateSchemas(): ReadonlyMap<string, Schema> {
  const files = new Set(publishedSchemas.map(({ file }) => file))
  const generators = new Map([...files].map(file => [file, generatorOf(file)]))
  return new Map(
    publishedSchemas.map(({ name, type, file }) => {
      const { $schema, ...schema } = generators.get(file)!.createSchema(type)
      return [name, { $schema, $id: idOf(name), title: titleOf(name), ...inPlace(schema) }]
    }),
  )
}

const generatorOf = (file = 'commands/results/*.ts') =>
  createGenerator({
    path: `${projectRoot}/src/${file}`,
    tsconfig: `${projectRoot}/tsconfig.json`,
    skipTypeCheck: true,
    additionalProperties: false,
    topRef: false,
    expose: 'export',
    jsDoc: 'extended',
  })

/** A type that is another name for one: draft 7 reads nothing beside a `$ref`, so that cannot be the whole. */
function inPlace({ $ref, definitions = {}, ...schema }: GeneratedSchema): Schema {
  if ($ref === undefined) return { ...schema, definitions }
  const { [$ref.replace('#/definitions/', '')]: whole, ...others } = definitions
  return { ...(whole as Schema), definitions: others }
}

const idOf = (name: string): string => `https://unpkg.com/limbeck/schemas/${name}.json`

const titles: Readonly<Record<string, string>> = {
  error: 'What limbeck --json prints for an error',
  log: 'A line of the log of limbeck --log-format json',
}

const titleOf = (name: string): string => titles[name] ?? `limbeck ${name} --json`
