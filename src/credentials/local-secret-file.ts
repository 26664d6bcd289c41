import { readFileSync, statSync } from 'node:fs'
import { LimbeckError } from '../errors.ts'
import { rememberNotice } from './notices.ts'
import { type SecretDefaults, urlInSecret } from './secret-fields.ts'
import { isWithoutSecrets } from './without-secrets.ts'

/**
 * The URL in a file that holds what AWS Secrets Manager would, for development: a URL, JSON with a `url`, or the JSON
 * that RDS writes. Undefined where there is no such file. Who may read it beyond its owner and group is warned of.
 */
export function localSecretFile(path: string, defaults: SecretDefaults = {}): string | undefined {
  if (isWithoutSecrets()) return undefined
  const text = read(path)
  if (text === undefined) return undefined
  warnOfReaders(path)
  return urlInSecret(text, path, defaults, what => {
    return new LimbeckError('SECRET_INVALID', `The secret file ${path} ${what}.`, {
      facts: { path },
      hint: 'Write a URL into it, or JSON with username, password, host, port and dbname, or with url.',
    })
  })
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return undefined
    throw new LimbeckError(
      'SECRET_UNAVAILABLE',
      `The secret file ${path} cannot be read (${reason}).`,
      {
        facts: { path, reason },
        hint: 'Give this process the right to read it, or remove it.',
        cause: error,
      },
    )
  }
}

/** Windows has no such bits. */
function warnOfReaders(path: string): void {
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0
  if (isOpen)
    rememberNotice(
      `The secret file ${path} can be read by everybody on this machine: run \`chmod 600 ${path}\`.`,
    )
}
