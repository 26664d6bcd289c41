import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SourceStatement } from '../../../src/sources/source.ts'
import { sqlFiles } from '../../../src/sources/sql-files/sql-files.ts'

/** A folder with the files, for one test. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-sql-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

export const contextOf = (directory: string) => ({ dialect: 'postgresql', directory }) as const

/** What `schema.sql` with the text brings. */
export async function load(text: string | Buffer, options = {}) {
  const directory = folderWith({ 'schema.sql': text })
  const content = await sqlFiles('schema.sql', options).load(contextOf(directory))
  if (!('ddl' in content)) throw new Error('SQL files bring DDL')
  return content
}

/** The texts of `schema.sql`'s statements, without what puts the settings back. */
export async function statements(text: string): Promise<string[]> {
  return (await load(text)).ddl.map(({ sql }) => sql).slice(0, -1)
}

/** Where each statement begins: `schema.sql:3`. */
export const places = (ddl: readonly SourceStatement[]): string[] =>
  ddl.map(({ file, line }) => `${file}:${line}`)
