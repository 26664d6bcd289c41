import type { QualifiedName } from '../../schema/index.ts'
import { quoteQualified, stringLiteral } from './quoting.ts'

/** The shapes of tables as one expression: a JSON array in their order, with null for those that are not there. */
export function tableShapes(names: readonly QualifiedName[]): string {
  return `(SELECT json_build_array(${names.map(name => `(${shapeQuery(name)})`).join(', ')}))`
}

const shapeQuery = (name: QualifiedName): string =>
  `SELECT json_build_object(
    'kind', CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
      WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'relation' END,
    'columns', (SELECT coalesce(json_agg(json_build_object('name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod), 'isText', t.typcategory = 'S',
        'needsValue', a.attnotnull AND NOT a.atthasdef AND a.attidentity = '') ORDER BY a.attnum), '[]')
      FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    'hidesRows', row_security_active(c.oid),
    'triggers', (SELECT coalesce(json_agg(name ORDER BY name), '[]') FROM (
      SELECT tgname AS name FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal AND tgenabled <> 'D'
      UNION SELECT rulename FROM pg_rewrite WHERE ev_class = c.oid AND ev_type <> '1' AND ev_enabled <> 'D') AS fired),
    'schemas', (SELECT coalesce(json_agg(n.nspname ORDER BY array_position(current_schemas(false), n.nspname)), '[]')
      FROM pg_class AS other JOIN pg_namespace AS n ON n.oid = other.relnamespace
      WHERE other.relname = c.relname AND other.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND n.nspname = ANY (current_schemas(false))))
  FROM pg_class AS c WHERE c.oid = to_regclass(${stringLiteral(quoteQualified(name))})`
