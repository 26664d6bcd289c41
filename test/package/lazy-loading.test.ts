import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { init, parse } from 'es-module-lexer'
import { beforeAll, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { projectRoot } from '../support/source-files.ts'

/** Packages whose loading would be felt at every start. */
const heavy = /^(pg|@electric-sql\/pglite|libpg-query|oxc-transform|oxc-resolver)($|\/)/

/** The packages that are loaded with a file of dist before anything runs. */
function packagesLoadedWith(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const [imports] = parse(readFileSync(file, 'utf8'))
  return imports
    .filter(({ type }) => type === 'static' || type === 'reexport-star')
    .map(({ specifier }) => specifier!)
    .flatMap(name =>
      name.startsWith('.') ? packagesLoadedWith(join(dirname(file), name), seen) : [name],
    )
}

describe('dist', () => {
  beforeAll(async () => {
    ensureBuilt()
    await init
  })

  test.each(['cli.js', 'index.js', 'commands/index.js'])('%s loads no heavy package', entry => {
    const packages = packagesLoadedWith(join(projectRoot, 'dist', entry))
    expect(packages.filter(name => heavy.test(name))).toEqual([])
  })

  test('has the hooks that load TypeScript as a file of their own', () => {
    expect(existsSync(join(projectRoot, 'dist', 'load-hooks.js'))).toBe(true)
  })
})
