import type { EventTrigger, Rule, Trigger } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { quote, quoteList, quoteQualified, stringLiteral } from '../quoting.ts'
import { dropObject, ownComment } from './objects.ts'
import { type Clause, given, keyWord, lines, parenthesized, words } from './sql.ts'
import { alterTable, tableName } from './table-names.ts'
import { unlessExists } from './unless-exists.ts'

/** Triggers, rewrite rules and event triggers. */
export const triggers = {
  createTrigger: ({ object, ifNotExists }) => [
    unlessExists(createTrigger(object), ifNotExists),
    ...firing('TRIGGER', object),
    ...ownComment(object),
  ],

  dropTrigger: dropObject('trigger'),

  createRule: ({ object, ifNotExists }) => [
    unlessExists(createRule(object), ifNotExists),
    ...firing('RULE', object),
    ...ownComment(object),
  ],

  dropRule: dropObject('rule'),

  createEventTrigger: ({ object, ifNotExists }) => [
    unlessExists(createEventTrigger(object), ifNotExists),
    ...eventFiring(object),
    ...ownComment(object),
  ],

  dropEventTrigger: dropObject('eventTrigger'),
} satisfies Partial<CompileTable>

function createTrigger(trigger: Trigger): string {
  return lines(
    `CREATE ${trigger.constraint ? 'CONSTRAINT ' : ''}TRIGGER ${quote(trigger.name)}`,
    `${keyWord(trigger.timing)} ${events(trigger)} ON ${tableName(trigger)}`,
    constraintClause(trigger),
    transitionTables(trigger),
    `FOR EACH ${keyWord(trigger.forEach)}`,
    given(trigger.when, when => `WHEN ${parenthesized(when)}`),
    `EXECUTE FUNCTION ${trigger.execute}`,
  )
}

function events({ events: list, updateOf }: Trigger): string {
  const ofColumns = updateOf?.length ? ` OF ${quoteList(updateOf)}` : ''
  return list.map(event => keyWord(event) + (event === 'update' ? ofColumns : '')).join(' OR ')
}

function constraintClause({ constraint }: Trigger): Clause {
  if (!constraint) return undefined
  return words(
    given(constraint.from, table => `FROM ${quoteQualified(table)}`),
    constraint.deferrable && 'DEFERRABLE',
    constraint.initiallyDeferred && 'INITIALLY DEFERRED',
  )
}

function transitionTables({ oldTable, newTable }: Trigger): Clause {
  if (oldTable === undefined && newTable === undefined) return undefined
  return words(
    'REFERENCING',
    given(oldTable, name => `OLD TABLE AS ${quote(name)}`),
    given(newTable, name => `NEW TABLE AS ${quote(name)}`),
  )
}

function createRule(rule: Rule): string {
  return `CREATE RULE ${quote(rule.name)} AS\n  ${rule.definition}`
}

function createEventTrigger(trigger: EventTrigger): string {
  return lines(
    `CREATE EVENT TRIGGER ${quote(trigger.name)} ON ${trigger.event}`,
    trigger.tags?.length && `WHEN TAG IN (${trigger.tags.map(stringLiteral).join(', ')})`,
    `EXECUTE FUNCTION ${trigger.execute}`,
  )
}

const enabling = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }

/** When it fires, where that is not in ordinary sessions. */
function firing(word: 'TRIGGER' | 'RULE', object: Trigger | Rule): string[] {
  if (!object.enabled) return []
  return [`${alterTable(object)} ${enabling[object.enabled]} ${word} ${quote(object.name)}`]
}

function eventFiring({ name, enabled }: EventTrigger): string[] {
  return enabled ? [`ALTER EVENT TRIGGER ${quote(name)} ${enabling[enabled]}`] : []
}
