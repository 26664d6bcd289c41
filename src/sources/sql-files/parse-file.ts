import type { Node, RawStmt, SqlError } from 'libpg-query'
import { LimbeckError } from '../../errors.ts'
import { offsetOf } from '../../text/position.ts'
import { placeAt } from './place.ts'
import type { SqlFile } from './read-files.ts'
import { aboutPsql, aboutRows, refused } from './refusals.ts'

/** One statement of a file as PostgreSQL's parser sees it. */
export interface ParsedStatement {
  /** Its text, without the semicolon and without comments before it. */
  readonly sql: string
  readonly node: Node
  /** The 1-based line of its first word. */
  readonly line: number
}

/**
 * The statements of a file, split by PostgreSQL's own parser. psql's `\restrict` lines are passed over;
 * only the parser knows whether such a line is part of a quoted text: it stops at the first that is
 * not, and starts again without it.
 */
export async function parseFile({ file, text }: SqlFile): Promise<ParsedStatement[]> {
  const { hasSqlDetails } = await import('libpg-query')
  let plain = text
  for (;;) {
    try {
      return await parseText(plain)
    } catch (error) {
      if (!hasSqlDetails(error)) throw error
      const offset = offsetOf(error.sqlDetails?.cursorPosition ?? 0, plain)
      const command = commandAt(plain, offset)
      const isRestrict = command === '\\restrict' || command === '\\unrestrict'
      if (!isRestrict) throw await complaint(file, plain, offset, error)
      plain = withoutLine(plain, offset)
    }
  }
}

/** Throws the parser's `SqlError`. */
async function parseText(text: string): Promise<ParsedStatement[]> {
  const { parse } = await import('libpg-query')
  // The parser refuses an empty text, and no other without a statement.
  const { stmts = [] } = text === '' ? {} : await parse(text)
  return located(text, stmts)
}

/** The parser counts in bytes of UTF-8. */
function located(text: string, statements: readonly RawStmt[]): ParsedStatement[] {
  const bytes = Buffer.from(text)
  let [line, counted] = [1, 0]
  return statements.map(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
    line += newlines(bytes, counted, start)
    counted = start
    const end = length === undefined ? bytes.length : start + length
    return { sql: bytes.toString('utf8', start, end).trimEnd(), node: stmt as Node, line }
  })
}

function newlines(bytes: Buffer, start: number, end: number): number {
  return bytes.subarray(start, end).filter(byte => byte === 0x0a).length
}

/** The backslash command at an offset, where SQL has no backslash; undefined where there is none. */
function commandAt(text: string, offset: number): string | undefined {
  return /^\\\S*/.exec(text.slice(offset))?.[0]
}

function withoutLine(text: string, offset: number): string {
  return text.slice(0, offset) + text.slice(offset).replace(/^[^\r\n]*/, '')
}

/** What is wrong where the parser stopped: SQL that is none, or what only psql understands. */
async function complaint(file: string, text: string, offset: number, cause: SqlError) {
  const place = placeAt(file, text, offset)
  const copy = await copyBefore(text.slice(0, offset))
  if (copy !== undefined) return refused({ file, line: copy.line }, aboutRows('COPY … FROM stdin'))
  const command = commandAt(text, offset)
  if (command !== undefined) return refused(place, aboutPsql(command))
  const where = `${file}:${place.line}:${place.column}`
  return new LimbeckError('SQL_SYNTAX', `${where}: ${cause.message}.`, {
    facts: { ...place, reason: cause.message },
    hint: 'Correct the file.',
    cause,
  })
}

/** The `COPY … FROM stdin` whose rows follow the text. */
async function copyBefore(text: string): Promise<ParsedStatement | undefined> {
  const statements = await parseText(text).catch(() => [])
  const last = statements.at(-1)
  if (last === undefined || !('CopyStmt' in last.node) || !text.trimEnd().endsWith(';')) return
  const { is_from, filename } = last.node.CopyStmt
  return is_from && filename === undefined ? last : undefined
}
