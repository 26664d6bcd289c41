import type { Extension, PGliteOptions } from '@electric-sql/pglite'

type Extensions = NonNullable<PGliteOptions['extensions']>

/** Extensions that npm carries in packages of their own, by the name PostgreSQL gives them. */
const packages: Readonly<Record<string, string>> = {
  age: '@electric-sql/pglite-age',
  pg_ivm: '@electric-sql/pglite-pg_ivm',
  pg_textsearch: '@electric-sql/pglite-pg_textsearch',
  pg_uuidv7: '@electric-sql/pglite-pg_uuidv7',
  pgtap: '@electric-sql/pglite-pgtap',
  postgis: '@electric-sql/pglite-postgis',
  vector: '@electric-sql/pglite-pgvector',
}

/** Extensions whose archive holds several. */
const archiveOf: Readonly<Record<string, string>> = {
  autoinc: 'spi',
  insert_username: 'spi',
  moddatetime: 'spi',
  refint: 'spi',
}

/** What the engine is given, so that the wanted extensions (absent: all) can be created later. */
export async function chooseExtensions(
  bundled: Readonly<Record<string, URL>>,
  wanted: readonly string[] | undefined,
): Promise<Extensions> {
  const names = wanted?.map(name => archiveOf[name] ?? name) ?? [
    ...Object.keys(bundled),
    ...Object.keys(packages),
  ]
  const found = await Promise.all(names.map(name => bundled[name] ?? installed(packages[name])))
  return Object.fromEntries(
    names.flatMap((name, index) => (found[index] === undefined ? [] : [[name, found[index]]])),
  )
}

/** The extension that a package exports, undefined where it is not installed. */
async function installed(name: string | undefined): Promise<Extension | undefined> {
  if (name === undefined) return undefined
  const exported: object = await import(name).catch(() => ({}))
  return Object.values(exported).find(value => typeof value?.setup === 'function')
}
