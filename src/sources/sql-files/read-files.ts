import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LimbeckError } from '../../errors.ts'

/** A file's text, under the name that messages give it. */
export interface SqlFile {
  readonly file: string
  readonly text: string
}

/** The files that paths stand for, in their order; a folder stands for the `.sql` files in it. */
export async function readFiles(paths: readonly string[], directory: string): Promise<SqlFile[]> {
  if (paths.length === 0 || paths.includes('')) throw noPath()
  const files: SqlFile[] = []
  for (const path of paths) {
    for (const file of await filesAt(path, directory)) {
      files.push({ file, text: await readText(file, directory) })
    }
  }
  return files
}

async function filesAt(path: string, directory: string): Promise<string[]> {
  const full = resolve(directory, path)
  const entry = await stat(full).catch(error => {
    throw notRead(path, full, error)
  })
  if (!entry.isDirectory()) return [path]
  const names = (await readdir(full)).filter(name => name.endsWith('.sql')).sort()
  if (names.length === 0) throw noFiles(path, full)
  return names.map(name => join(path, name))
}

async function readText(file: string, directory: string): Promise<string> {
  const full = resolve(directory, file)
  const bytes = await readFile(full).catch(error => {
    throw notRead(file, full, error)
  })
  const text = decode(bytes)
  if (text !== undefined) return text
  throw new LimbeckError('TARGET_UNREADABLE', `${file} is not UTF-8 text.`, {
    facts: { file, path: full },
    hint: 'Save it in UTF-8.',
  })
}

/** Text without a byte order mark; undefined for other encodings. PostgreSQL's texts hold no NUL. */
function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function notRead(path: string, full: string, cause: NodeJS.ErrnoException): LimbeckError {
  const facts = { file: path, path: full }
  if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') {
    const reason = cause.code ?? cause.message
    return new LimbeckError('TARGET_UNREADABLE', `${path} cannot be read: ${reason}.`, {
      facts,
      cause,
    })
  }
  return new LimbeckError('SQL_FILE_NOT_FOUND', `There is no file or folder ${path}.`, {
    facts,
    hint: `sqlFiles looked for ${full}.`,
    cause,
  })
}

function noFiles(path: string, full: string): LimbeckError {
  return new LimbeckError('SQL_FILE_NOT_FOUND', `The folder ${path} holds no .sql file.`, {
    facts: { file: path, path: full },
    hint: 'Folders inside it are not looked into; name each one.',
  })
}

/** Most likely made from a variable that is not set: no target is not an empty one. */
function noPath(): LimbeckError {
  return new LimbeckError('SQL_FILE_NOT_FOUND', 'sqlFiles was given no path.', {
    hint: "Name files or folders: sqlFiles('schema.sql').",
  })
}
