import {
  type DefaultValue,
  isExpression,
  type ObjectKind,
  type SchemaObject,
} from '../../schema/index.ts'

/** What usually comes first, where nothing else decides. */
const usualOrder: readonly ObjectKind[] = [
  'collation',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'sequence',
  'routine',
  'aggregate',
  'verbatim',
  'table',
  'view',
  'materializedView',
]

/**
 * Objects after those that their SQL mentions by name. Modules list their exports by the alphabet,
 * so that a view may come before the view it reads. A name that is mentioned by chance does no
 * harm, and a circle is cut where it closes. `alsoMentions` gives SQL that is written beside an object.
 */
export function inOrderOfMention(
  objects: readonly SchemaObject[],
  alsoMentions: (object: SchemaObject) => readonly string[],
): SchemaObject[] {
  const usual = [...objects].sort((a, b) => rank(a) - rank(b))
  const places = placesByName(usual)
  const ordered = new Set<SchemaObject>()
  const met = new Set<SchemaObject>()
  const visit = (object: SchemaObject): void => {
    if (met.has(object)) return
    met.add(object)
    const mentioned = new Set([...sqlOf(object), ...alsoMentions(object)].flatMap(identifiers))
    const others = [...mentioned].flatMap(name => places.get(name) ?? [])
    for (const place of others.sort((a, b) => a - b)) visit(usual[place]!)
    ordered.add(object)
  }
  usual.forEach(visit)
  return [...ordered]
}

function placesByName(objects: readonly SchemaObject[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [place, object] of objects.entries()) {
    const same = places.get(nameOf(object))
    if (same === undefined) places.set(nameOf(object), [place])
    else same.push(place)
  }
  return places
}

const rank = ({ kind }: SchemaObject): number => usualOrder.indexOf(kind)

/** An object without a name of its own is found by the last name of its identity. */
function nameOf(object: SchemaObject): string {
  if (object.kind === 'verbatim') return identifiers(object.identity).at(-1) ?? ''
  return object.name ?? ''
}

/** Identifiers as the database reads them: unquoted ones in lower case. */
function identifiers(sql: string): string[] {
  const found = sql.match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []
  return found.map(word =>
    word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase(),
  )
}

/** The pieces of SQL in which an object can mention another. */
function sqlOf(object: SchemaObject): string[] {
  switch (object.kind) {
    case 'table':
      return [
        ...object.columns.flatMap(column => [
          column.type,
          column.generated?.expression ?? '',
          defaultSql(column.default),
        ]),
        ...[object.partitionOf?.parent, ...(object.inherits ?? [])].map(parent =>
          quoted(parent?.name),
        ),
        object.ofType ?? '',
      ]
    case 'domain':
      return [
        object.type,
        defaultSql(object.default),
        ...object.checks.map(check => check.expression),
      ]
    case 'compositeType':
      return object.attributes.map(({ type }) => type)
    case 'rangeType':
      return [object.subtype, ...Object.values(object.options ?? {})]
    case 'view':
    case 'materializedView':
      return [object.definition]
    case 'routine':
      return [object.arguments, object.returns ?? '', object.sqlBody ?? '']
    case 'aggregate':
      return [object.arguments, ...Object.values(object.options)]
    case 'verbatim':
      return [...object.statements]
    default:
      return []
  }
}

const quoted = (name: string | undefined): string => `"${(name ?? '').replaceAll('"', '""')}"`

const defaultSql = (value: DefaultValue | undefined): string =>
  value !== undefined && isExpression(value) ? value.sql : ''
