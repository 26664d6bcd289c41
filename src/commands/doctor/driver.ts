import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import packageJson from '../../../package.json' with { type: 'json' }
import type { ResolvedConfig } from '../../config/resolved-config.ts'
import type { Verdict } from '../../dialects/health.ts'
import { isAtLeast } from './installation.ts'

const server = 'pg'
const embedded = '@electric-sql/pglite'

/** The package that speaks to the database: the server's, or the embedded one. */
export function driver({ dialect, embedded: isEmbedded, url }: ResolvedConfig): Verdict {
  if (dialect !== 'postgresql')
    return {
      status: 'note',
      message: `limbeck writes SQL for ${dialect} and does not connect to it; no driver is needed.`,
    }
  const needed = isEmbedded !== undefined && url === undefined ? embedded : server
  const version = installedVersion(needed)
  const fix = `npm install ${needed === server ? needed : `--save-dev ${needed}`}`
  if (version === undefined)
    return { status: 'problem', message: `The package ${needed} is not installed.`, fix }
  const oldest = /[\d.]+/.exec(packageJson.peerDependencies[needed])![0]
  if (!isAtLeast(version, oldest))
    return {
      status: 'problem',
      message: `${needed} ${version} is older than ${oldest}, the oldest that limbeck works with.`,
      fix: `${fix}@latest`,
    }
  return { status: 'ok', message: `${needed} ${version}.` }
}

/** The version of the embedded PostgreSQL's package; undefined where it is not installed. */
export const embeddedVersion = (): string | undefined => installedVersion(embedded)

function installedVersion(name: string): string | undefined {
  try {
    return versionAbove(createRequire(import.meta.url).resolve(name), name)
  } catch {
    return undefined
  }
}

/** Not every package lets its package.json be imported. */
function versionAbove(path: string, name: string): string | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const found = readJson(join(folder, 'package.json'))
    if (found?.name === name) return found.version
  }
  return undefined
}

function readJson(path: string): { readonly name?: string; readonly version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
