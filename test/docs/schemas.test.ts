import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { generateSchemas, publishedSchemas } from '../support/schemas.ts'
import { projectRoot } from '../support/source-files.ts'
import { expectGenerated } from './generated.ts'

const folder = join(projectRoot, 'schemas')
const schemas = generateSchemas()
const fileOf = (name: string) => join(folder, `${name}.json`)

if (process.env.UPDATE_DOCS) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [name, schema] of schemas) {
    writeFileSync(fileOf(name), `${JSON.stringify(schema, undefined, 2)}\n`)
  }
}

test.each(publishedSchemas)('the schema $name is what the type $type says', ({ name }) => {
  const written = existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), 'utf8')) : {}
  expect(written, 'stale: run UPDATE_DOCS=1 npx vitest run test/docs/schemas.test.ts').toEqual(
    schemas.get(name),
  )
})

test('there is no schema of a command that does not exist', () => {
  expect(readdirSync(folder).sort()).toEqual(
    publishedSchemas.map(({ name }) => `${name}.json`).sort(),
  )
})

test('the package has the schemas', () => {
  expect(packageJson.files).toContain('schemas')
  expect(packageJson.exports).toHaveProperty(['./schemas/*.json'], './schemas/*.json')
})

/** What stands in the place of a command. */
const others: Readonly<Record<string, string>> = {
  error: 'any command that fails',
  log: 'a line of stderr with `--log-format json`',
}

/** Every object of a schema, with the path to it. */
function* objectsIn(value: unknown, path = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return
  yield [path, value as Record<string, unknown>]
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${path}/${key}`)
}

test.each(publishedSchemas)(
  'the schema $name explains each property, and allows no other',
  ({ name }) => {
    const silent = [...objectsIn(schemas.get(name))].flatMap(([path, { properties, ...rest }]) => {
      if (properties === undefined || rest.type !== 'object') return []
      const members = Object.entries(properties as Record<string, { description?: string }>)
      return [
        ...members.filter(([, { description }]) => !description).map(([key]) => `${path}/${key}`),
        ...(rest.additionalProperties === false ? [] : [`${path}: more properties`]),
      ]
    })
    expect(silent).toEqual([])
  },
)

test('the page about JSON lists every schema', () => {
  const rows = publishedSchemas.map(({ name }) => {
    const { description = '' } = schemas.get(name) as { description?: string }
    const what = others[name] ?? `\`${name}\``
    return `| ${what} | \`limbeck/schemas/${name}.json\` | ${description} |\n`
  })
  const head = '| Command | Schema | |\n|---|---|---|\n'
  expectGenerated('docs/reference/json.md', 'schemas', head + rows.join(''))
})
