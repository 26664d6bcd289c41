import type { Extension, PGliteOptions } from '@electric-sql/pglite'
import { embeddedPackages } from '../../embedded-packages.ts'

type Extensions = NonNullable<PGliteOptions['extensions']>

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
    ...Object.keys(embeddedPackages),
  ]
  const found = await Promise.all(
    names.map(name => bundled[name] ?? installed(embeddedPackages[name])),
  )
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
