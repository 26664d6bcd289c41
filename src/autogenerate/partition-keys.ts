import type { DatabaseSchema, QualifiedName, Table } from '../schema/index.ts'

/** Values, as SQL, that a column has to have for row `n`. */
export type PartitionKeys = ReadonlyMap<string, (n: number) => string>

/**
 * What the columns of a partition's key have to be, so that it takes a row; of a partitioned table, what
 * brings a row into one of its partitions. Only keys that are plain columns are known, and bounds that are
 * lists or have a lower end; any other value will do for a hash.
 */
export function partitionKeys(table: Table, schema: DatabaseSchema): PartitionKeys {
  return new Map([...keysAbove(table, schema), ...keysBelow(table, schema)])
}

function keysAbove(table: Table, schema: DatabaseSchema): PartitionKeys {
  const { parent, bounds = '' } = table.partitionOf ?? {}
  const above = parent && tableNamed(parent, schema)
  if (above === undefined) return new Map()
  return new Map([...keysAbove(above, schema), ...keysWithin(above, bounds)])
}

function keysBelow(table: Table, schema: DatabaseSchema): PartitionKeys {
  if (table.partitionBy === undefined) return new Map()
  const parts = [...schema.objects.values()].filter(
    (object): object is Table =>
      object.kind === 'table' && isSame(object.partitionOf?.parent, table),
  )
  const found = parts.map(part => {
    const own = keysWithin(table, part.partitionOf?.bounds ?? '')
    return own.size === 0 ? own : new Map([...own, ...keysBelow(part, schema)])
  })
  return found.find(({ size }) => size > 0) ?? new Map()
}

const isSame = (a: QualifiedName | undefined, b: QualifiedName): boolean =>
  a?.schema === b.schema && a?.name === b.name

function tableNamed({ schema: place, name }: QualifiedName, { objects }: DatabaseSchema) {
  const object = objects.get(`table:${place ?? ''}.${name}`)
  return object?.kind === 'table' ? object : undefined
}

function keysWithin({ partitionBy = '' }: Table, bounds: string): PartitionKeys {
  const [, way = '', key = ''] = /^(RANGE|LIST) \((.*)\)$/s.exec(partitionBy) ?? []
  const columns = key.split(', ').map(plainColumn)
  const pattern = way === 'LIST' ? /^FOR VALUES IN \((.*)\)$/s : /^FOR VALUES FROM \((.*)\) TO \(/s
  const values = literals(pattern.exec(bounds)?.[1] ?? '')
  if (way === 'LIST') {
    const [column] = columns
    const known = values.filter(value => value !== 'NULL')
    if (column === undefined || known.length === 0) return new Map()
    return new Map([[column, n => known[(n - 1) % known.length]!]])
  }
  return new Map(
    columns.flatMap((column, position) => {
      const value = values[position]
      const isKnown = column !== undefined && value !== undefined && value !== 'MINVALUE'
      return isKnown && value !== 'MAXVALUE' ? [[column, () => value] as const] : []
    }),
  )
}

/** The column that a part of a key is, without its collation and operator class; undefined for an expression. */
function plainColumn(part: string): string | undefined {
  const [, quoted, plain] = /^(?:"((?:[^"]|"")+)"|([^\s"()]+))(?= |$)/.exec(part) ?? []
  return quoted?.replaceAll('""', '"') ?? plain
}

/** Values as bounds list them, each as it is spelled. */
function literals(list: string): string[] {
  return list.match(/'(?:[^']|'')*'|[^\s,']+/g) ?? []
}
