import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { LimbeckError } from '../errors.ts'

/**
 * Reads `.env` in a folder into the environment. Variables that are set already stay as they are,
 * so the first of several folders wins. Gives the names it has set; none where there is no file.
 */
export function loadDotEnv(directory: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const content = readDotEnv(join(directory, '.env'))
  const fresh = Object.entries(parseEnv(content)).filter(([name]) => env[name] === undefined)
  for (const [name, value] of fresh) env[name] = value
  return fresh.map(([name]) => name)
}

function readDotEnv(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    if (reason === 'ENOENT' || reason === 'ENOTDIR' || reason === 'EISDIR') return ''
    throw new LimbeckError('SECRET_UNAVAILABLE', `The file ${path} cannot be read (${reason}).`, {
      facts: { path, reason },
      hint: 'Give this process the right to read it, or remove it.',
      cause: error,
    })
  }
}
