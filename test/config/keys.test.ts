import { readFileSync } from 'node:fs'
import { expect, expectTypeOf, test } from 'vitest'
import type {
  Config,
  DatabaseConfig,
  ExpectConfig,
  LogConfig,
  NamingConvention,
  ProgramHook,
} from '../../src/config/config.ts'
import type { Hooks } from '../../src/config/hooks.ts'
import { configKeys } from '../../src/config/keys.ts'
import { type ManagedKind, managedKinds } from '../../src/config/managed-kinds.ts'
import type { ObjectKind } from '../../src/schema/index.ts'

type KeyName = (typeof configKeys)[number]['name']
type Nested<Prefix extends string, T> = `${Prefix}.${keyof T & string}`

test('the table has a row for each key of the type, and no other', () => {
  expectTypeOf<KeyName>().toEqualTypeOf<
    | keyof Config
    | Nested<'expect', ExpectConfig>
    | Nested<'hooks', Hooks>
    | Nested<'log', LogConfig>
    | Nested<'namingConvention', NamingConvention>
    | Nested<'postWriteHooks', ProgramHook>
    | 'embedded.directory'
    | 'scratch.url'
  >()
  expectTypeOf<Exclude<keyof Config, keyof DatabaseConfig>>().toEqualTypeOf<'databases'>()
})

test('an editor says of each key what the reference says', () => {
  const textOf = (file: string) =>
    readFileSync(new URL(`../../src/config/${file}`, import.meta.url), 'utf8')
  const types = textOf('config.ts') + textOf('hooks.ts')
  const said = [...types.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\n {2}readonly (\w+)/gs)].map(
    ([, comment = '', key]) => [key, comment.replaceAll(/\s+(\* )?/g, ' ').trim()],
  )
  for (const { name, sentence } of configKeys.filter(key => key.name !== 'scratch.url')) {
    expect(said).toContainEqual([name.split('.').at(-1), sentence])
  }
})

test('each default has the shape of its key', () => {
  for (const key of configKeys) {
    if ('default' in key)
      expect([key.name, key.shape.accepts(key.default)]).toEqual([key.name, true])
  }
})

test('every kind of object that stands by itself can be managed', () => {
  expectTypeOf<ManagedKind>().toEqualTypeOf<
    Exclude<ObjectKind, 'constraint' | 'index' | 'verbatim'>
  >()
  expect(Object.values(managedKinds)).toHaveLength(new Set(Object.values(managedKinds)).size)
})
