import type { AlterTableStmt, DropStmt, Node, RangeVar, ReindexStmt } from 'libpg-query'
import type { QualifiedName } from '../../../schema/index.ts'

/** A statement that PostgreSQL keeps out of transactions, as far as it matters whether it is done. */
export type OutsideStatement =
  | { readonly kind: 'createIndex'; readonly name: string; readonly table: QualifiedName }
  | { readonly kind: 'dropIndex'; readonly name: QualifiedName }
  /** Of an index, a table, a schema; of the database where nothing is named. */
  | {
      readonly kind: 'reindex'
      readonly relation?: QualifiedName | undefined
      readonly schema?: string | undefined
    }
  | { readonly kind: 'detach'; readonly table: QualifiedName; readonly partition: QualifiedName }
  /** Creates or drops something whole. */
  | {
      readonly kind: 'object'
      readonly catalog: 'database' | 'tablespace' | 'subscription'
      readonly name: string
      readonly isDrop: boolean
    }
  /** May be run again, whatever came of it. */
  | { readonly kind: 'again' }

/** Reads one with PostgreSQL's own parser; undefined where it is another, or cannot be read. */
export async function readOutside(sql: string): Promise<OutsideStatement | undefined> {
  const { parse } = await import('libpg-query')
  const parsed = await parse(sql).catch(() => undefined)
  const [statement, ...others] = parsed?.stmts ?? []
  return others.length > 0 || statement?.stmt === undefined ? undefined : read(statement.stmt)
}

function read(node: Node): OutsideStatement | undefined {
  if ('IndexStmt' in node) {
    const { idxname: name, relation, concurrent } = node.IndexStmt
    if (!(concurrent && name && relation)) return undefined
    return { kind: 'createIndex', name, table: nameOf(relation) }
  }
  if ('DropStmt' in node) return readDrop(node.DropStmt)
  if ('ReindexStmt' in node) return readReindex(node.ReindexStmt)
  if ('AlterTableStmt' in node) return readDetachment(node.AlterTableStmt)
  return readObject(node) ?? (isRepeatable(node) ? { kind: 'again' } : undefined)
}

function readDrop({ objects = [], removeType, concurrent }: DropStmt) {
  const [object] = objects
  if (!(concurrent && removeType === 'OBJECT_INDEX' && object && 'List' in object)) return undefined
  const parts = (object.List.items ?? []).map(item => ('String' in item && item.String.sval) || '')
  const [name = '', schema] = [...parts].reverse()
  return { kind: 'dropIndex', name: { schema, name } } as const
}

function readReindex({ kind, relation, name }: ReindexStmt): OutsideStatement {
  if (relation !== undefined) return { kind: 'reindex', relation: nameOf(relation) }
  return { kind: 'reindex', schema: kind === 'REINDEX_OBJECT_SCHEMA' ? name : undefined }
}

function readDetachment({ relation, cmds = [] }: AlterTableStmt): OutsideStatement | undefined {
  const [command] = cmds
  const cmd = command && 'AlterTableCmd' in command ? command.AlterTableCmd : undefined
  if (relation === undefined || cmd?.subtype !== 'AT_DetachPartition') return undefined
  const partition = cmd.def && 'PartitionCmd' in cmd.def ? cmd.def.PartitionCmd : undefined
  if (!(partition?.concurrent && partition.name)) return undefined
  return { kind: 'detach', table: nameOf(relation), partition: nameOf(partition.name) }
}

function readObject(node: Node): OutsideStatement | undefined {
  const object = (catalog: Catalog, name = '', isDrop = false) =>
    ({ kind: 'object', catalog, name, isDrop }) as const
  if ('CreatedbStmt' in node) return object('database', node.CreatedbStmt.dbname)
  if ('DropdbStmt' in node) return object('database', node.DropdbStmt.dbname, true)
  if ('CreateTableSpaceStmt' in node)
    return object('tablespace', node.CreateTableSpaceStmt.tablespacename)
  if ('DropTableSpaceStmt' in node)
    return object('tablespace', node.DropTableSpaceStmt.tablespacename, true)
  if ('CreateSubscriptionStmt' in node)
    return object('subscription', node.CreateSubscriptionStmt.subname)
  if ('DropSubscriptionStmt' in node)
    return object('subscription', node.DropSubscriptionStmt.subname, true)
  return undefined
}

type Catalog = Extract<OutsideStatement, { kind: 'object' }>['catalog']

/** What comes to the same however often it is done. */
const isRepeatable = (node: Node): boolean =>
  ['VacuumStmt', 'ClusterStmt', 'AlterSystemStmt', 'DiscardStmt', 'AlterDatabaseStmt'].some(
    kind => kind in node,
  ) ||
  ('AlterSubscriptionStmt' in node &&
    /REFRESH|SET_PUBLICATION/.test(node.AlterSubscriptionStmt.kind ?? ''))

const nameOf = ({ schemaname, relname = '' }: RangeVar): QualifiedName => ({
  schema: schemaname,
  name: relname,
})
