import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { LimbeckError } from '../../../errors.ts'

/** What the driver is told about TLS: not at all, or how. */
export type TlsChoice = false | ConnectionOptions

/**
 * The ways to try, in order, for an `sslmode` with libpq's meaning. Without one the plain way is
 * first, and TLS follows where the server demands it.
 */
export function tlsChoices(
  parameters: ReadonlyMap<string, string>,
  mode = sslMode(parameters),
): readonly TlsChoice[] {
  const files = certificates(parameters)
  const unverified = { ...files, rejectUnauthorized: false }
  switch (mode) {
    case 'disable':
      return [false]
    case undefined:
    case 'allow':
      return [false, unverified]
    case 'prefer':
      return [unverified, false]
    // libpq verifies the authority as soon as one is named.
    case 'require':
      return [files.ca === undefined ? unverified : withoutName(files)]
    case 'no-verify':
      return [unverified]
    case 'verify-ca':
      return [withoutName(files)]
    case 'verify-full':
      return [files]
    default:
      throw new LimbeckError('URL_INVALID', `The database URL has an unknown sslmode "${mode}".`, {
        facts: { sslmode: mode },
        hint: 'Use disable, allow, prefer, require, verify-ca or verify-full.',
      })
  }
}

/** asyncpg's URLs say `ssl`, node-postgres's `ssl=true`. */
function sslMode(parameters: ReadonlyMap<string, string>): string | undefined {
  const mode = parameters.get('sslmode') ?? parameters.get('ssl') ?? process.env.PGSSLMODE
  if (mode === 'true' || mode === '1') return 'verify-full'
  return mode === 'false' || mode === '0' ? 'disable' : mode || undefined
}

const withoutName = (files: ConnectionOptions): ConnectionOptions => ({
  ...files,
  checkServerIdentity: () => undefined,
})

function certificates(parameters: ReadonlyMap<string, string>): ConnectionOptions {
  const root = parameters.get('sslrootcert')
  const passphrase = parameters.get('sslpassword')
  return {
    ...(root !== undefined && root !== 'system'
      ? { ca: readCertificate('sslrootcert', root) }
      : {}),
    ...readPair('cert', 'sslcert', parameters),
    ...readPair('key', 'sslkey', parameters),
    ...(passphrase === undefined ? {} : { passphrase }),
  }
}

function readPair(option: 'cert' | 'key', name: string, parameters: ReadonlyMap<string, string>) {
  const path = parameters.get(name)
  return path === undefined ? {} : { [option]: readCertificate(name, path) }
}

function readCertificate(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new LimbeckError('URL_INVALID', `The file that ${name} names cannot be read: ${path}.`, {
      facts: { parameter: name, path },
      hint: 'Correct the path in the URL; a relative one starts from the working directory.',
      cause: error,
    })
  }
}
