import type { Domain, DomainCheck } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { defaultSql } from './defaults.ts'
import { dropObject, ownComment } from './objects.ts'
import { collate, commentOn, given, incomplete, lines, parenthesized, words } from './sql.ts'
import { unlessExists } from './unless-exists.ts'

export const domains = {
  createDomain: ({ object, ifNotExists }) => [
    unlessExists(createDomain(object), ifNotExists),
    ...object.checks
      .filter(check => check.notValid)
      .map(check => `ALTER DOMAIN ${quoteQualified(object)} ADD ${domainCheck(check)} NOT VALID`),
    ...ownComment(object),
    ...object.checks.flatMap(check => checkComment(object, check)),
  ],

  dropDomain: dropObject('domain'),
} satisfies Partial<CompileTable>

function createDomain(domain: Domain): string {
  const type = words(domain.type, collate(domain.collation))
  return lines(
    `CREATE DOMAIN ${quoteQualified(domain)} AS ${type}`,
    given(domain.default, value => `DEFAULT ${defaultSql(value, domain.type)}`),
    domain.notNull && 'NOT NULL',
    ...domain.checks.filter(check => !check.notValid).map(domainCheck),
  )
}

/** A check as it is written inside a domain. */
export function domainCheck({ name, expression }: DomainCheck): string {
  return words(
    given(name, text => `CONSTRAINT ${quote(text)}`),
    `CHECK ${parenthesized(expression)}`,
  )
}

/** The comment of a check, where it has one. */
export function checkComment(domain: Domain, { name, comment }: DomainCheck): string[] {
  if (comment === undefined) return []
  if (name !== undefined) {
    return commentOn(`CONSTRAINT ${quote(name)} ON DOMAIN ${quoteQualified(domain)}`, comment)
  }
  throw incomplete(
    `A check of domain ${domain.name} needs a name to be commented on.`,
    'Name the check, or leave out its comment.',
    { domain: domain.name },
  )
}
