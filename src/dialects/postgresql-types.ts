const types: ReadonlySet<string> = new Set(
  `cidr circle citext datemultirange daterange inet int4multirange int4range int8multirange int8range
  interval jsonpath line lseg macaddr macaddr8 money nummultirange numrange oid path pg_lsn
  pg_snapshot regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc
  regprocedure regrole regtype timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector
  varbit xid8 xml`.split(/\s+/),
)

/** Whether a type, without its arguments, is one that only PostgreSQL has. */
export function isPostgresqlType(base: string): boolean {
  return types.has(base.replace(/ .*$/, ''))
}
