import type { Domain, DomainCheck } from '../../../schema/index.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { defaultSql } from './defaults.ts'
import { checkComment, domainCheck } from './domains.ts'

/** A domain as it is to be, from what it was: its default, NOT NULL and checks. */
export function alterDomain(domain: Domain, existing: Domain): string[] {
  const alter = `ALTER DOMAIN ${quoteQualified(domain)}`
  const { default: value, notNull } = domain
  const isSame = spelledDefault(domain) === spelledDefault(existing)
  return [
    ...checksBut(existing, domain).map(
      ({ name = '' }) => `${alter} DROP CONSTRAINT ${quote(name)}`,
    ),
    ...(notNull === existing.notNull ? [] : [`${alter} ${notNull ? 'SET' : 'DROP'} NOT NULL`]),
    ...(isSame
      ? []
      : [
          `${alter} ${value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${spelledDefault(domain)}`}`,
        ]),
    ...checksBut(domain, existing).flatMap(check => [
      `${alter} ADD ${domainCheck(check)}${check.notValid ? ' NOT VALID' : ''}`,
      ...(hadComment(check, existing) ? checkComment(domain, check) : []),
    ]),
  ]
}

function spelledDefault({ default: value, type }: Domain): string | undefined {
  return value === undefined ? undefined : defaultSql(value, type)
}

/** A check that is made anew with the comment that it had. */
function hadComment({ name, comment }: DomainCheck, { checks }: Domain): boolean {
  return checks.some(check => check.name === name && check.comment === comment)
}

/** The checks of a domain that another does not have in the same form. */
function checksBut({ checks }: Domain, other: Domain): DomainCheck[] {
  const form = (check: DomainCheck) =>
    JSON.stringify([check.name, check.expression, check.notValid ?? false])
  const forms = new Set(other.checks.map(form))
  return checks.filter(check => !forms.has(form(check)))
}
