import { commentOf, firstUserOid, isOwnObject } from '../catalog-query.ts'

/** A kind of object that is kept as text; every value but `catalog` and `type` is a piece of SQL. */
export interface RareKind {
  readonly catalog: string
  /** The words of DROP and COMMENT ON. */
  readonly type: string
  /** The alias of the catalog in `from`. */
  readonly row: string
  /** What follows those words. */
  readonly identity: string
  /** An array of statements. */
  readonly statements: string
  readonly from: string
  readonly where?: string
  /** An array of the functions that are created and dropped with it. */
  readonly functions?: string
}

/** The query for a rare kind: the objects that neither the server nor an extension made, nor another object. */
export function rareQuery(kind: RareKind): string {
  const { catalog, type, row, identity, statements, from, where = 'true', functions } = kind
  return `
    select '${catalog}' as catalog, ${row}.oid, '${type}' as type, ${identity} as identity,
      array_remove(${statements}, null) as statements,
      ${functions ?? 'null::oid[]'} as functions, ${commentOf(catalog, `${row}.oid`)} as comment
    from ${from}
    where ${row}.oid >= ${firstUserOid} and ${isOwnObject(catalog, `${row}.oid`)} and ${where}`
}

/** Clauses on lines of their own, in parentheses; those that are null are left out. */
export function clauses(...entries: readonly string[]): string {
  return `'(
  ' || array_to_string(array[${entries.join(', ')}], ',
  ') || '
)'`
}

/** ` OPTIONS (name 'value')`, empty where there are none. */
export function foreignOptions(options: string): string {
  return `coalesce((select format(' OPTIONS (%s)',
      string_agg(format('%I %L', f.option_name, f.option_value), ', '))
    from pg_options_to_table(${options}) f having count(*) > 0), '')`
}
