import { identityOf } from '../../../operations/identity.ts'
import type { AlterableObject } from '../../../operations/operation.ts'
import type {
  CompositeType,
  EventTrigger,
  Policy,
  Publication,
  Rule,
  Statistics,
  Trigger,
} from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { alterDomain } from './alter-domain.ts'
import { objectName } from './object-names.ts'
import { role } from './roles.ts'
import { collate, comment, given, incomplete, parameters, parenthesized, words } from './sql.ts'
import { alterTable, tableName } from './table-names.ts'

/** Changes of objects in place: from the whole of what one was to the whole of what it is to be. */
export const alterObject = {
  alterObject: ({ object, existing }) => [
    ...alteration(object, existing),
    ...changedComment(object, existing),
    ...changedPartComments(object, existing),
  ],
} satisfies Partial<CompileTable>

function alteration(object: AlterableObject, existing: AlterableObject): string[] {
  switch (object.kind) {
    case 'domain':
      return alterDomain(object, was(object, existing))
    case 'compositeType':
      return alterComposite(object, was(object, existing))
    case 'policy':
      return alterPolicy(object, was(object, existing))
    case 'publication':
      return alterPublication(object, was(object, existing))
    case 'statistics':
      return alterStatistics(object, was(object, existing))
    case 'trigger':
      return fire('TRIGGER', object, was(object, existing))
    case 'rule':
      return fire('RULE', object, was(object, existing))
    case 'eventTrigger':
      return fireEvent(object, was(object, existing))
  }
}

function changedComment(object: AlterableObject, existing: AlterableObject): string[] {
  if (object.comment === existing.comment) return []
  return [comment(objectName(object.kind, identityOf(object)), object.comment ?? null)]
}

/** Comments of attributes and checks: one that is made anew has none yet. */
function changedPartComments(object: AlterableObject, existing: AlterableObject): string[] {
  const [parts, former] = [commentedParts(object), new Map(commentedParts(existing))]
  return parts.flatMap(([target, text]) =>
    former.get(target) === text ? [] : [comment(target, text ?? null)],
  )
}

type CommentedPart = readonly [target: string, comment: string | undefined]

function commentedParts(object: AlterableObject): CommentedPart[] {
  switch (object.kind) {
    case 'compositeType':
      return object.attributes.map(({ name, comment }) => [
        `COLUMN ${quoteQualified(object)}.${quote(name)}`,
        comment,
      ])
    case 'domain':
      return object.checks.map(({ name = '', comment }) => [
        `CONSTRAINT ${quote(name)} ON DOMAIN ${quoteQualified(object)}`,
        comment,
      ])
    default:
      return []
  }
}

function was<O extends AlterableObject>(object: O, existing: AlterableObject): O {
  if (existing.kind === object.kind) return existing as O
  throw incomplete(
    `A ${object.kind} cannot be made of a ${existing.kind}.`,
    'Describe the same object in `existing`.',
    { kind: object.kind },
  )
}

/** CASCADE reaches the tables that are made of the type; what uses an attribute still refuses. */
function alterComposite(type: CompositeType, existing: CompositeType): string[] {
  const alter = `ALTER TYPE ${quoteQualified(type)}`
  const names = (of: CompositeType) => new Set(of.attributes.map(({ name }) => name))
  const [before, after] = [names(existing), names(type)]
  return [
    ...existing.attributes
      .filter(({ name }) => !after.has(name))
      .map(({ name }) => `${alter} DROP ATTRIBUTE ${quote(name)} CASCADE`),
    ...type.attributes
      .filter(({ name }) => !before.has(name))
      .map(({ name, type: own, collation }) =>
        words(`${alter} ADD ATTRIBUTE ${quote(name)} ${own}`, collate(collation), 'CASCADE'),
      ),
  ]
}

function alterPolicy(policy: Policy, existing: Policy): string[] {
  const roles = (of: Policy) => (of.roles?.length ? of.roles.map(role).join(', ') : 'PUBLIC')
  const clauses = words(
    roles(policy) !== roles(existing) && `TO ${roles(policy)}`,
    policy.using !== existing.using &&
      given(policy.using, using => `USING ${parenthesized(using)}`),
    policy.withCheck !== existing.withCheck &&
      given(policy.withCheck, check => `WITH CHECK ${parenthesized(check)}`),
  )
  return clauses ? [`ALTER POLICY ${quote(policy.name)} ON ${tableName(policy)} ${clauses}`] : []
}

/** What a publication does when it is not said. */
const usualOptions: Readonly<Record<string, string>> = {
  publish: 'insert, update, delete, truncate',
  publish_via_partition_root: 'false',
  publish_generated_columns: 'none',
}

function alterPublication(publication: Publication, existing: Publication): string[] {
  const alter = `ALTER PUBLICATION ${quote(publication.name)} SET`
  const former = Object.keys(existing.options ?? {}).map((name): [string, string] => [
    name,
    usualOptions[name] ?? '',
  ])
  const options = [...new Map([...former, ...Object.entries(publication.options ?? {})])]
  const changed = options.filter(([name, value]) => existing.options?.[name] !== value)
  return [
    ...(changed.length > 0 ? [`${alter} ${parameters(Object.fromEntries(changed))}`] : []),
    ...(publication.objects === existing.objects ? [] : [`${alter} ${publication.objects}`]),
  ]
}

function alterStatistics(statistics: Statistics, existing: Statistics): string[] {
  if (statistics.target === existing.target) return []
  return [
    `ALTER STATISTICS ${quoteQualified(statistics)} SET STATISTICS ${statistics.target ?? -1}`,
  ]
}

const firing = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }

const manner = ({ enabled }: Trigger | Rule | EventTrigger): string =>
  enabled ? firing[enabled] : 'ENABLE'

function fire<O extends Trigger | Rule>(
  word: 'TRIGGER' | 'RULE',
  object: O,
  existing: O,
): string[] {
  if (object.enabled === existing.enabled) return []
  return [`${alterTable(object)} ${manner(object)} ${word} ${quote(object.name)}`]
}

function fireEvent(trigger: EventTrigger, existing: EventTrigger): string[] {
  if (trigger.enabled === existing.enabled) return []
  return [`ALTER EVENT TRIGGER ${quote(trigger.name)} ${manner(trigger)}`]
}
