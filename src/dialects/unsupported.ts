import { LimbeckError } from '../errors.ts'
import { describe } from '../operations/describe.ts'
import type { Operation, OperationKind } from '../operations/operation.ts'

/** What a database lacks, and what its users do instead. */
export interface Lack {
  /** In the plural: `domains`. */
  readonly what: string
  readonly instead: string
}

/** Refuses an operation that a database has nothing for, before anything runs. */
export function unsupported(
  database: string,
  operation: Operation,
  { what, instead }: Lack,
): LimbeckError {
  return new LimbeckError(
    'OPERATION_UNSUPPORTED',
    `\`${describe(operation)}\` needs ${what}, which ${database} does not have.`,
    { facts: { database, operation: operation.kind, needs: what }, hint: instead },
  )
}

/** An entry of a compile table for an operation that the database lacks. */
export function lacking(database: string, what: string, instead: string) {
  return (operation: Operation): never => {
    throw unsupported(database, operation, { what, instead })
  }
}

/** The operations on objects of a kind that only some databases have. */
const operationsOn = {
  extension: ['createExtension', 'dropExtension'],
  collation: ['createCollation', 'dropCollation'],
  enum: ['createEnum', 'dropEnum', 'addEnumValue', 'renameEnumValue', 'replaceEnumValues'],
  domain: ['createDomain', 'dropDomain'],
  compositeType: ['createCompositeType', 'dropCompositeType'],
  rangeType: ['createRangeType', 'dropRangeType'],
  sequence: ['createSequence', 'alterSequence', 'dropSequence'],
  policy: ['createPolicy', 'dropPolicy'],
  statistics: ['createStatistics', 'dropStatistics'],
  publication: ['createPublication', 'dropPublication'],
  rule: ['createRule', 'dropRule'],
  eventTrigger: ['createEventTrigger', 'dropEventTrigger'],
  aggregate: ['createAggregate', 'dropAggregate'],
  materializedView: ['createMaterializedView', 'dropMaterializedView'],
} as const satisfies Readonly<Record<string, readonly OperationKind[]>>

type RareObject = keyof typeof operationsOn

/** The entries of a compile table for all of them, where the database has none. */
export function lackingObjects(
  database: string,
  lacks: Readonly<Record<RareObject, Lack>>,
): Readonly<Record<(typeof operationsOn)[RareObject][number], (operation: Operation) => never>> {
  const entries = Object.entries(operationsOn).flatMap(([object, kinds]) => {
    const { what, instead } = lacks[object as RareObject]
    return kinds.map(kind => [kind, lacking(database, what, instead)])
  })
  return Object.fromEntries(entries)
}

/**
 * Refuses what an object is told and the database cannot keep: `lacks` names each in the plural.
 * What is absent, false or empty demands nothing.
 */
export function refuseFacets<T extends object>(
  database: string,
  operation: Operation,
  told: T,
  lacks: { readonly [K in keyof T]?: string },
): void {
  for (const [key, what] of Object.entries(lacks) as [string, string][]) {
    const value = Reflect.get(told, key)
    const isEmpty = Array.isArray(value) && value.length === 0
    if (value === undefined || value === null || value === false || isEmpty) continue
    throw unsupported(database, operation, { what, instead: `Leave \`${wordOf(key, told)}\` out.` })
  }
}

/** The word by which scripts call a part of an object. */
function wordOf(key: string, told: object): string {
  const isIndexed = ['index', 'constraint'].includes(Reflect.get(told, 'kind'))
  return isIndexed ? ({ method: 'using', options: 'with' }[key] ?? key) : key
}
