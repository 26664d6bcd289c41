/** A catalog query for a server's version, with the type of its rows. */
export interface CatalogQuery<Row> {
  (serverVersion: number): string | Selection<Row>
  /** Only for the type system. */
  readonly row?: Row
}

/** A query whose fields are told apart: with many rows they travel column by column, each name once. */
export interface Selection<Row> {
  /** What each field is, as an expression. */
  readonly fields: { readonly [K in keyof Row]: string }
  /** The query from its FROM on. */
  readonly from: string
}

export type RowOf<Q> = Q extends CatalogQuery<infer Row> ? Row : never

/** Numbers that servers give their own catalogs' rows are smaller: whatever is above, a user made. */
export const firstUserOid = 16384

/** The query's rows as one JSON text, so that every driver reads the same values. */
export function asJson(query: string | Selection<unknown>): string {
  if (typeof query === 'string')
    return `select coalesce(json_agg(r), '[]')::text as rows from (${query}) r`
  const fields = Object.entries<string>(query.fields)
  const lists = fields.map(([name]) => `'${name}', json_agg(r."${name}")`)
  const list = fields.map(([name, expression]) => `${expression} as "${name}"`)
  return `select json_build_object(${lists.join(', ')})::text as rows
    from (select ${list.join(', ')} ${query.from}) r`
}

/** The rows in such a text. */
export function rowsIn<Row>(json: string): Row[] {
  const value: Row[] | Lists<Row> = JSON.parse(json)
  return Array.isArray(value) ? value : acrossLists(value)
}

/** Null where the query found nothing. */
type Lists<Row> = { readonly [K in keyof Row]: readonly Row[K][] | null }

function acrossLists<Row>(lists: Lists<Row>): Row[] {
  const names = Object.keys(lists) as (keyof Row)[]
  const first = names[0] && lists[names[0]]
  return (first ?? []).map((_, place) => {
    const row = {} as Row
    for (const name of names) row[name] = lists[name]![place]!
    return row
  })
}

/** Whether the namespace `n` may hold objects of users. */
export const isUserSchema = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** Whether a row is no member of an extension, which creates and drops it by itself. */
export function isNoMember(catalog: string, oid: string): string {
  return isNotTiedTo(catalog, oid, `= 'e'`)
}

/** Whether a row is neither that nor a part of something else (a range type's constructors). */
export function isOwnObject(catalog: string, oid: string): string {
  return isNotTiedTo(catalog, oid, `in ('e', 'i')`)
}

function isNotTiedTo(catalog: string, oid: string, types: string): string {
  return `not exists (select from pg_depend member
    where member.classid = '${catalog}'::regclass and member.objid = ${oid}
      and member.deptype ${types})`
}

/** The comment on a row of a catalog, or on its sub-object (a column). */
export function commentOf(catalog: string, oid: string, part = '0'): string {
  return `(select x.description from pg_description x
    where x.classoid = '${catalog}'::regclass and x.objoid = ${oid} and x.objsubid = ${part})`
}

/** A collation that differs from its type's own: the plain name of a built-in, else qualified SQL. */
export function collationOf(collation: string, usual: string): string {
  return `(select case when cn.nspname = 'pg_catalog' then co.collname::text
      else format('%I.%I', cn.nspname, co.collname) end
    from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace
    where co.oid = ${collation} and ${collation} <> ${usual})`
}

/** The name of the tablespace, where it is not the database's own. */
export function tablespaceOf(oid: string): string {
  return `(select ts.spcname from pg_tablespace ts where ts.oid = ${oid})`
}

/** An operator in the spelling that is understood whatever the search path. */
export function operatorName(oid: string): string {
  return `(select format('OPERATOR(%I.%s)', pn.nspname, po.oprname)
    from pg_operator po join pg_namespace pn on pn.oid = po.oprnamespace where po.oid = ${oid})`
}

/** A function's name, null where there is none. */
export function functionName(oid: string): string {
  return `case when ${oid} <> 0 then ${oid}::regproc::text end`
}
