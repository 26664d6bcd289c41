import type { QualifiedName } from '../../../schema/index.ts'
import type { Connection } from '../../dialect.ts'
import { quoteQualified, stringLiteral } from '../quoting.ts'

const words: Readonly<Record<string, string>> = {
  r: 'a table',
  p: 'a table',
  v: 'a view',
  m: 'a materialized view',
  i: 'an index',
  I: 'an index',
  S: 'a sequence',
  c: 'a composite type',
  f: 'a foreign table',
}

/** What stands under the name of a table or an index, in words; undefined for nothing. */
export async function relationUnder(
  connection: Connection,
  name: QualifiedName,
): Promise<string | undefined> {
  const { rows } = await connection.query<{ kind: string }>(
    `SELECT relkind::text AS kind FROM pg_class WHERE oid = ${regclass(name)}`,
  )
  const kind = rows[0]?.kind
  return kind === undefined ? undefined : (words[kind] ?? 'something else')
}

/** The oid of a relation as SQL: NULL where there is none. */
export const regclass = (name: QualifiedName): string =>
  `to_regclass(${stringLiteral(quoteQualified(name))})`
