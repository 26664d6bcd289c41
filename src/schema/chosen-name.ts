import type { Constraint, ExcludeConstraint } from './constraints.ts'
import { quoteIdentifier } from './identifiers.ts'
import type { Index } from './indexes.ts'
import { nameOfParts } from './sequence-name.ts'

/**
 * The name PostgreSQL gives a constraint or an index when none is asked for and no other has it
 * (`ChooseIndexName`, `ChooseConstraintName` in the server). Undefined where it is made of more than
 * columns. `columns` are those of the table: what a check mentions has a part in its name.
 */
export function chosenName(
  object: Constraint | Index,
  columns: readonly string[],
): string | undefined {
  if (object.kind === 'index') {
    const keys = object.elements.map(({ column }) => column)
    return ofColumns(object.table, [...keys, ...(object.include ?? [])], 'idx')
  }
  switch (object.type) {
    case 'primaryKey':
      return nameOfParts(object.table, undefined, 'pkey')
    case 'unique':
      return ofColumns(object.table, [...object.columns, ...(object.include ?? [])], 'key')
    case 'foreignKey':
      return ofColumns(object.table, object.columns, 'fkey')
    case 'check': {
      const mentioned = mentionedColumns(object.expression, columns)
      return nameOfParts(object.table, mentioned.length === 1 ? mentioned[0] : undefined, 'check')
    }
    case 'exclude':
      return ofColumns(object.table, [...excluded(object), ...(object.include ?? [])], 'excl')
  }
}

/** The name PostgreSQL gives a domain's check when none is asked for and no other has it. */
export function chosenDomainCheckName(domain: string): string {
  return nameOfParts(domain, undefined, 'check')
}

/** A column that comes twice is counted in the name, and an expression is named by what is in it. */
function ofColumns(
  table: string,
  columns: readonly (string | undefined)[],
  label: string,
): string | undefined {
  const names = columns.filter(column => column !== undefined)
  if (new Set(names).size !== columns.length) return undefined
  return nameOfParts(table, joined(names), label)
}

/** As many names as the server looks at: it stops once there is more than a name can hold. */
function joined(names: readonly string[]): string {
  let text = ''
  for (const name of names) {
    if (Buffer.byteLength(text) >= 64) break
    text += text === '' ? name : `_${name}`
  }
  return text
}

/** The columns of an exclusion constraint, undefined for what is more than a column. */
function excluded({ elements }: ExcludeConstraint): (string | undefined)[] {
  return elements.map(({ expression }) => {
    const name = expression.startsWith('"')
      ? expression.slice(1, -1).replaceAll('""', '"')
      : expression
    return quoteIdentifier(name) === expression ? name : undefined
  })
}

/**
 * The columns that the text of an expression names, as the database deparsed it: words that are no
 * part of a longer name, no type of a cast and no function.
 */
export function mentionedColumns(sql: string, columns: readonly string[]): string[] {
  const words = sql
    .replace(/'(?:[^']|'')*'/g, "''")
    .matchAll(/(::\s*|\.\s*)?("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(?=(\s*[(.])?)/gu)
  const named = new Set(
    [...words].flatMap(([, before, word = '', after]) =>
      before === undefined && after === undefined ? [unquoted(word)] : [],
    ),
  )
  return columns.filter(column => named.has(column))
}

const unquoted = (word: string): string =>
  word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word
