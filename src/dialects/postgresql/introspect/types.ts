import type { CompositeType, Domain, EnumType, RangeType } from '../../../schema/index.ts'
import { quoteQualified } from '../quoting.ts'
import {
  type CatalogQuery,
  collationOf,
  commentOf,
  functionName,
  isNoMember,
  isUserSchema,
} from './catalog-query.ts'
import type { ColumnsByTable } from './columns.ts'
import { withoutParentheses } from './deparsed.ts'
import { address, type FoundObject, flag, present } from './found-object.ts'
import { makeMultirangeName } from './object-names.ts'
import { shortType } from './short-type.ts'

interface TypeRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly comment: string | null
}

const typeColumns = `t.oid, n.nspname as schema, t.typname as name,
  ${commentOf('pg_type', 't.oid')} as comment`

const isUserType = `${isUserSchema} and ${isNoMember('pg_type', 't.oid')}`

interface EnumRow extends TypeRow {
  readonly values: readonly string[] | null
}

export const enumsQuery: CatalogQuery<EnumRow> = () => `
  select ${typeColumns},
    (select array_agg(l.enumlabel order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid)
      as values
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  where t.typtype = 'e' and ${isUserType}`

export function readEnums(rows: readonly EnumRow[]): FoundObject<EnumType>[] {
  return rows.map(row => ({
    object: present({
      kind: 'enum' as const,
      schema: row.schema,
      name: row.name,
      values: row.values ?? [],
      comment: row.comment,
    }),
    addresses: [address('pg_type', row.oid)],
  }))
}

interface DomainRow extends TypeRow {
  readonly type: string
  readonly notNull: boolean
  readonly default: string | null
  readonly collation: string | null
  readonly checks: readonly DomainCheckRow[] | null
}

interface DomainCheckRow {
  readonly oid: string
  readonly name: string
  readonly expression: string
  readonly validated: boolean
  readonly comment: string | null
}

export const domainsQuery: CatalogQuery<DomainRow> = () => `
  select ${typeColumns}, format_type(t.typbasetype, t.typtypmod) as type, t.typnotnull as "notNull",
    coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) as default,
    ${collationOf('t.typcollation', 'b.typcollation')} as collation,
    (select json_agg(json_build_object('oid', c.oid, 'name', c.conname,
        'expression', pg_get_expr(c.conbin, 0), 'validated', c.convalidated,
        'comment', ${commentOf('pg_constraint', 'c.oid')}) order by c.conname)
      from pg_constraint c where c.contypid = t.oid and c.contype = 'c') as checks
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  join pg_type b on b.oid = t.typbasetype
  where t.typtype = 'd' and ${isUserType}`

export function readDomains(rows: readonly DomainRow[]): FoundObject<Domain>[] {
  return rows.map(row => ({
    object: present({
      kind: 'domain' as const,
      schema: row.schema,
      name: row.name,
      type: shortType(row.type),
      notNull: row.notNull,
      default: row.default === null ? null : { sql: row.default },
      collation: row.collation,
      checks: (row.checks ?? []).map(domainCheck),
      comment: row.comment,
    }),
    addresses: [
      address('pg_type', row.oid),
      ...(row.checks ?? []).map(check => address('pg_constraint', check.oid)),
    ],
  }))
}

function domainCheck(row: DomainCheckRow): Domain['checks'][number] {
  return present({
    name: row.name,
    expression: withoutParentheses(row.expression),
    notValid: flag(!row.validated),
    comment: row.comment,
  })
}

interface CompositeRow extends TypeRow {
  /** The relation that holds its attributes. */
  readonly relation: string
}

export const compositesQuery: CatalogQuery<CompositeRow> = () => `
  select ${typeColumns}, c.oid as relation
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
  where ${isUserType}`

export function readComposites(
  rows: readonly CompositeRow[],
  columns: ColumnsByTable,
): FoundObject<CompositeType>[] {
  return rows.map(row => ({
    object: present({
      kind: 'compositeType' as const,
      schema: row.schema,
      name: row.name,
      attributes: columns
        .of(row.relation)
        .map(({ name, type, collation, comment }) =>
          present({ name, type: shortType(type), collation, comment }),
        ),
      comment: row.comment,
    }),
    addresses: [address('pg_type', row.oid), address('pg_class', row.relation)],
  }))
}

interface RangeRow extends TypeRow {
  readonly subtype: string
  readonly opclass: string | null
  readonly collation: string | null
  readonly canonical: string | null
  readonly subtypeDiff: string | null
  readonly multirange: { readonly schema: string; readonly name: string } | null
}

export const rangesQuery: CatalogQuery<RangeRow> = version => `
  select ${typeColumns}, format_type(r.rngsubtype, null) as subtype,
    case when not oc.opcdefault then format('%I.%I', ocn.nspname, oc.opcname) end as opclass,
    (select format('%I.%I', cn.nspname, co.collname)
      from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace
      where co.oid = r.rngcollation and co.oid <> s.typcollation) as collation,
    ${functionName('r.rngcanonical')} as canonical, ${functionName('r.rngsubdiff')} as "subtypeDiff",
    ${version >= 140000 ? multirange : 'null'} as multirange
  from pg_range r
  join pg_type t on t.oid = r.rngtypid
  join pg_namespace n on n.oid = t.typnamespace
  join pg_type s on s.oid = r.rngsubtype
  join pg_opclass oc on oc.oid = r.rngsubopc
  join pg_namespace ocn on ocn.oid = oc.opcnamespace
  where ${isUserType}`

const multirange = `(select json_build_object('schema', mn.nspname, 'name', m.typname)
  from pg_type m join pg_namespace mn on mn.oid = m.typnamespace where m.oid = r.rngmultitypid)`

export function readRanges(rows: readonly RangeRow[]): FoundObject<RangeType>[] {
  return rows.map(row => ({
    object: present({
      kind: 'rangeType' as const,
      schema: row.schema,
      name: row.name,
      subtype: shortType(row.subtype),
      options: rangeOptions(row),
      comment: row.comment,
    }),
    addresses: [address('pg_type', row.oid)],
  }))
}

function rangeOptions(row: RangeRow): Record<string, string> | null {
  const options = present({
    subtype_opclass: row.opclass,
    collation: row.collation,
    canonical: row.canonical,
    subtype_diff: row.subtypeDiff,
    multirange_type_name: multirangeName(row),
  })
  return Object.keys(options).length === 0 ? null : options
}

function multirangeName({ schema, name, multirange }: RangeRow): string | null {
  if (multirange === null) return null
  const isUsual = multirange.schema === schema && multirange.name === makeMultirangeName(name)
  return isUsual ? null : quoteQualified(multirange)
}
