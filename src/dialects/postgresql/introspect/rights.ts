import { isDeepStrictEqual } from 'node:util'
import {
  type ColumnSequence,
  type DatabaseRights,
  type ObjectGrant,
  type ObjectId,
  type ObjectRights,
  type Privilege,
  type UnmodelledObject,
  usualGrants,
  usualOwner,
  whoever,
} from '../../../schema/index.ts'
import type { RightsRequest } from '../../dialect.ts'
import type { CatalogQuery } from './catalog-query.ts'
import { type FoundObject, present } from './found-object.ts'

/** Where some objects have their owner and their privileges. */
interface RightsCatalog {
  readonly name: string
  /** Of its columns: `relowner`. */
  readonly prefix: string
  /** What acldefault calls the kind; absent: nothing is granted on it. */
  readonly letter?: string
  readonly where?: string
}

const catalogs: readonly RightsCatalog[] = [
  {
    name: 'pg_class',
    prefix: 'rel',
    letter: `case o.relkind when 'S' then 's' else 'r' end`,
    where: `o.relkind in ('r', 'p', 'v', 'm', 'f', 'S')`,
  },
  { name: 'pg_proc', prefix: 'pro', letter: `'f'` },
  { name: 'pg_type', prefix: 'typ', letter: `'T'`, where: `o.typtype in ('e', 'd', 'c', 'r')` },
  { name: 'pg_namespace', prefix: 'nsp', letter: `'n'` },
  { name: 'pg_foreign_server', prefix: 'srv', letter: `'S'` },
  { name: 'pg_foreign_data_wrapper', prefix: 'fdw', letter: `'F'` },
  { name: 'pg_collation', prefix: 'coll' },
  { name: 'pg_statistic_ext', prefix: 'stx' },
  { name: 'pg_event_trigger', prefix: 'evt' },
  { name: 'pg_publication', prefix: 'pub' },
]

interface RightsRow {
  /** Who asks: the same in every row, of which there is always one. */
  readonly role: string
  /** Null in a row that tells nothing else. */
  readonly catalog: string | null
  readonly oid: string
  readonly owner: string
  /** The owner is one that a database is born with. */
  readonly isBorn: boolean
  /** The privileges are those on one column. */
  readonly column: string | null
  /** Role (null: everybody), privilege, and whether it may be given on; null: the usual ones. */
  readonly grants: readonly (readonly [string | null, string, boolean])[] | null
  /** Every privilege that there is on such an object. */
  readonly all: readonly string[] | null
  readonly sequence: ColumnSequence | null
}

/** Owners and privileges, where they may not be the usual ones. */
export const rightsQuery: CatalogQuery<RightsRow> = serverVersion => `
  select me.role, r.* from (select current_user as role) me
  left join (
    select x.catalog, x.oid, ${rolename('x.owner')} as owner,
      x.owner = ${serverVersion >= 150_000 ? 6171 : 10} as "isBorn", x."column",
      case when x.acl is not null then coalesce((select json_agg(json_build_array(
          case when a.grantee <> 0 then ${rolename('a.grantee')} end,
          lower(a.privilege_type), a.is_grantable)
          order by ${rolename('a.grantee')}, a.privilege_type)
        from aclexplode(x.acl) a), '[]') end as grants,
      (select json_agg(lower(a.privilege_type)) from aclexplode(acldefault(x.letter, x.owner)) a
        where a.grantee = x.owner) as "all",
      case when x.catalog = 'pg_class' then (
        select json_build_object('schema', sn.nspname, 'name', s.relname, 'table', t.relname,
          'column', ta.attname)
        from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
        join pg_namespace sn on sn.oid = s.relnamespace
        join pg_class t on t.oid = d.refobjid
        join pg_attribute ta on ta.attrelid = t.oid and ta.attnum = d.refobjsubid
        where d.classid = 'pg_class'::regclass and d.objid = x.oid and d.objsubid = 0
          and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
      ) end as sequence
    from (${[...catalogs.map(objectRights), columnRights, defaultRights].join(' union all ')}) x
    where x.acl is not null or ${rolename('x.owner')} <> current_user
      or x.catalog = 'pg_namespace'
    order by x.catalog, x.oid, x."column"
  ) r on true`

/** No catalog knows a role that was dropped against all rules: its number stands for it then. */
function rolename(oid: string): string {
  return `pg_get_userbyid(${oid})`
}

function objectRights({ name, prefix, letter, where = 'true' }: RightsCatalog): string {
  const acl = letter === undefined ? 'null::aclitem[]' : `o.${prefix}acl`
  return `select '${name}' as catalog, o.oid, o.${prefix}owner as owner, null as "column",
      ${acl} as acl, (${letter ?? `'r'`})::"char" as letter
    from ${name} o where ${where}`
}

const columnRights = `select 'pg_class', a.attrelid, o.relowner, a.attname, a.attacl, 'c'::"char"
  from pg_attribute a join pg_class o on o.oid = a.attrelid
  where a.attacl is not null and a.attnum > 0 and not a.attisdropped`

/** What future objects will grant; it is told and not compared. */
const defaultRights = `select 'pg_default_acl', d.oid, d.defaclrole, null, d.defaclacl, 'r'::"char"
  from pg_default_acl d`

/** Every privilege that there is on a column. */
const columnPrivileges = ['insert', 'references', 'select', 'update']

/** The rights that were read, as far as they were asked for and belong to objects that were found. */
export function readRights(
  rows: readonly RightsRow[],
  found: ReadonlyMap<ObjectId, FoundObject>,
  { words, self }: RightsRequest,
  serverVersion: number,
): DatabaseRights {
  const role = rows[0]?.role ?? ''
  const ids = idsByAddress(found)
  const of = new Map<ObjectId, ObjectRights>()
  for (const [id, group] of byObject(rows, row => identify(row, ids, found))) {
    const rights = present({
      owner: words.includes('owners')
        ? ownerOf(id, group[0]!, [role, self], serverVersion)
        : undefined,
      grants: words.includes('grants') ? grantsOf(id, group, serverVersion) : undefined,
    })
    const [{ sequence }] = group as [RightsRow]
    if (Object.keys(rights).length === 0) continue
    of.set(id, found.has(id) || sequence === null ? rights : { ...rights, sequence })
  }
  return { role, of: new Map([...of.keys()].sort().map(id => [id, of.get(id)!])) }
}

/** Rights that are there and have no place in operations. */
export function unmodelledRights(
  rows: readonly RightsRow[],
  found: ReadonlyMap<ObjectId, FoundObject>,
): UnmodelledObject[] {
  const ids = idsByAddress(found)
  const told = rows.flatMap((row): [name: string, kind: string][] => {
    if (row.catalog === 'pg_default_acl') return [[row.owner, 'default privileges']]
    const object = found.get(ids.get(addressOf(row)) ?? '')?.object
    if (object?.kind !== 'verbatim') return []
    return [[`${object.type} ${object.identity}`, 'owner and grants']]
  })
  return [...new Map(told)].map(([name, kind]) => ({ kind, name }))
}

const addressOf = ({ catalog, oid }: Pick<RightsRow, 'catalog' | 'oid'>) => `${catalog} ${oid}`

function idsByAddress(found: ReadonlyMap<ObjectId, FoundObject>): Map<string, ObjectId> {
  return new Map(
    [...found].flatMap(([id, { addresses }]) =>
      addresses.map(address => [addressOf(address), id] as const),
    ),
  )
}

/** A sequence that its column's type stands for is found by its table, if it is found at all. */
function identify(
  row: RightsRow,
  ids: ReadonlyMap<string, ObjectId>,
  found: ReadonlyMap<ObjectId, FoundObject>,
): ObjectId | undefined {
  const { sequence } = row
  const id = ids.get(addressOf(row))
  const kind = found.get(id ?? '')?.object.kind
  if (sequence === null || kind === 'sequence') return kind === 'verbatim' ? undefined : id
  const hasTable = found.has(`table:${sequence.schema}.${sequence.table}`)
  return hasTable ? `sequence:${sequence.schema}.${sequence.name}` : undefined
}

function byObject(
  rows: readonly RightsRow[],
  idOf: (row: RightsRow) => ObjectId | undefined,
): Map<ObjectId, RightsRow[]> {
  const groups = new Map<ObjectId, RightsRow[]>()
  for (const row of rows) {
    const id = row.catalog === null ? undefined : idOf(row)
    if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), row])
  }
  return groups
}

/** A sequence that a column owns has the owner of its table; `public` is born with one of its own. */
function ownerOf(
  id: ObjectId,
  { owner, isBorn, sequence }: RightsRow,
  selves: readonly (string | undefined)[],
  serverVersion: number,
): string | undefined {
  if (sequence !== null || (id === 'schema:public' && isBorn)) return undefined
  if (!selves.includes(owner)) return owner
  return usualOwner(id, serverVersion) === whoever ? undefined : whoever
}

/** Everything that is granted on an object; undefined where that is what is granted on any new one. */
function grantsOf(
  id: ObjectId,
  rows: readonly RightsRow[],
  serverVersion: number,
): readonly ObjectGrant[] | undefined {
  const whole = rows.find(({ column }) => column === null)
  const usual = usualGrants(id, serverVersion)
  const own = whole?.grants ? grantsIn(whole) : usual
  const ofColumns = rows.filter(({ column }) => column !== null).flatMap(grantsIn)
  const grants = [...own, ...ofColumns]
  return isDeepStrictEqual(sorted(grants), sorted(usual)) ? undefined : sorted(grants)
}

const sorted = (grants: readonly ObjectGrant[]): ObjectGrant[] =>
  [...grants].sort((a, b) => (JSON.stringify(keyOf(a)) < JSON.stringify(keyOf(b)) ? -1 : 1))

const keyOf = ({ to, column, withGrantOption }: ObjectGrant) => [
  to ?? '',
  column ?? '',
  withGrantOption ?? false,
]

/** What has come from several roles counts once. An owner may give on all that is theirs, said or not. */
function grantsIn({ grants, owner, column, all }: RightsRow): ObjectGrant[] {
  const byHolder = new Map<string, { grant: ObjectGrant; privileges: Set<Privilege> }>()
  for (const [role, privilege, isGrantable] of grants ?? []) {
    const to = role === owner ? undefined : (role ?? 'public')
    const grant = present({
      to,
      column,
      withGrantOption: isGrantable && to !== undefined ? (true as const) : undefined,
    }) as Omit<ObjectGrant, 'privileges'>
    const key = JSON.stringify(keyOf({ ...grant, privileges: [] }))
    const holder = byHolder.get(key) ?? {
      grant: { ...grant, privileges: [] },
      privileges: new Set<Privilege>(),
    }
    holder.privileges.add(privilege as Privilege)
    byHolder.set(key, holder)
  }
  const every = column === null ? (all ?? []) : columnPrivileges
  return [...byHolder.values()].map(({ grant, privileges }) => ({
    ...grant,
    privileges: orAll([...privileges].sort(), every),
  }))
}

const orAll = (privileges: readonly Privilege[], every: readonly string[]): readonly Privilege[] =>
  every.length > 1 && privileges.length === every.length ? ['all'] : privileges
