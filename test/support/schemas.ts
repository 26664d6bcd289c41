import { createGenerator } from 'ts-json-schema-generator'
import { commands } from '../../src/cli/commands.ts'
import { projectRoot } from './source-files.ts'

/** A published schema: its file in `schemas/`, and the type that it describes. */
export interface PublishedSchema {
  readonly name: string
  readonly type: string
}

/** One schema for each command, and one for errors. */
export const publishedSchemas: readonly PublishedSchema[] = [
  ...commands.map(({ name }) => ({ name, type: `${pascal(name)}Result` })),
  { name: 'error', type: 'ErrorDocument' },
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

/** Makes the schemas from the types in `src/commands/results.ts`, by name. */
export function generateSchemas(): ReadonlyMap<string, Schema> {
  const generator = createGenerator({
    path: `${projectRoot}/src/commands/results.ts`,
    tsconfig: `${projectRoot}/tsconfig.json`,
    skipTypeCheck: true,
    additionalProperties: false,
    topRef: false,
    expose: 'export',
    jsDoc: 'extended',
  })
  return new Map(
    publishedSchemas.map(({ name, type }) => {
      const { $schema, ...schema } = generator.createSchema(type)
      return [name, { $schema, $id: idOf(name), title: titleOf(name), ...inPlace(schema) }]
    }),
  )
}

/** A type that is another name for one: draft 7 reads nothing beside a `$ref`, so that cannot be the whole. */
function inPlace({ $ref, definitions = {}, ...schema }: GeneratedSchema): Schema {
  if ($ref === undefined) return { ...schema, definitions }
  const { [$ref.replace('#/definitions/', '')]: whole, ...others } = definitions
  return { ...(whole as Schema), definitions: others }
}

const idOf = (name: string): string => `https://unpkg.com/limbeck/schemas/${name}.json`

const titleOf = (name: string): string =>
  name === 'error' ? 'What limbeck --json prints for an error' : `limbeck ${name} --json`
