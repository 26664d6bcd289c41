import type { Design } from './design.ts'
import { callOf, columnsOfA } from './table-sql.ts'

/** Views, one on another, with what sits on them, and functions that speak of rows. */
export function views(design: Design): string[] {
  const { a, v, w, m, reader, touch } = design
  if (!a) return []
  const columns = viewColumns(design)
  return [
    ...(v ? viewSql(design, columns) : []),
    ...(v && w
      ? ['CREATE VIEW w AS SELECT * FROM v', ...(w.comment ? ["COMMENT ON VIEW w IS 'above'"] : [])]
      : []),
    ...(m ? materialized(design) : []),
    ...(reader === 'SETOF'
      ? ["CREATE FUNCTION rows() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a'"]
      : []),
    ...(reader === 'argument'
      ? ["CREATE FUNCTION width(a) RETURNS integer LANGUAGE sql AS 'SELECT 1'"]
      : []),
    ...(v?.insteadOf && touch
      ? ['CREATE TRIGGER put INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch()']
      : []),
  ]
}

function viewColumns(design: Design): string[] {
  const there = columnsOfA(design)
  const wanted = design.v?.columns.filter(column => there.has(column)) ?? []
  return wanted.length > 0 ? wanted : ['id']
}

function viewSql(design: Design, columns: readonly string[]): string[] {
  const v = design.v!
  const call = v.call ? callOf(design) : undefined
  const isTotal = design.aggregate !== undefined && v.call
  const where = v.where ? ' WHERE id > 0' : ''
  return [
    `CREATE VIEW v${v.barrier ? ' WITH (security_barrier = true)' : ''} AS SELECT ${[...columns, ...(call ? [`${call} AS called`] : []), ...(isTotal ? ['(SELECT total(1)) AS sum'] : [])].join(', ')} FROM a${where}`,
    ...(v.default ? [`ALTER VIEW v ALTER ${columns[0]} SET DEFAULT NULL`] : []),
    ...(v.rule ? ['CREATE RULE vr AS ON DELETE TO v DO INSTEAD NOTHING'] : []),
    ...(v.comment
      ? ["COMMENT ON VIEW v IS 'some'", `COMMENT ON COLUMN v.${columns[0]} IS 'first'`]
      : []),
  ]
}

function materialized(design: Design): string[] {
  const m = design.m!
  const from = m.over === 'w' && design.v && design.w ? 'w' : m.over !== 'a' && design.v ? 'v' : 'a'
  const column = from === 'a' ? 'id' : viewColumns(design)[0]
  const isIndexable = column !== 'e'
  return [
    `CREATE MATERIALIZED VIEW m AS SELECT * FROM ${from}`,
    ...(m.index && isIndexable
      ? [`CREATE ${m.unique ? 'UNIQUE ' : ''}INDEX m_i ON m (${column})`]
      : []),
    ...(m.comment ? ["COMMENT ON MATERIALIZED VIEW m IS 'kept'"] : []),
  ]
}

/** Triggers, policies and the rule of table `a`. */
export function programs(design: Design): string[] {
  const { a, policies, rule, touch } = design
  if (!a) return []
  const hasN = a.n !== undefined
  return [
    ...(touch ? triggers(design) : []),
    ...policies.flatMap((policy, position) => {
      if (policy === 'for n' && !hasN) return []
      const text = policy === 'for n' ? 'FOR SELECT TO PUBLIC USING (n > 0)' : policy
      return [`CREATE POLICY po${policies.length === 1 ? '' : position} ON a ${text}`]
    }),
    ...(rule
      ? [
          `CREATE RULE ru AS ON UPDATE TO a WHERE old.id < 0 DO INSTEAD ${rule === 'NOTHING' ? 'NOTHING' : 'DELETE FROM a WHERE id = 5'}`,
        ]
      : []),
  ]
}

function triggers({ triggers: { row, constraint, statement } }: Design): string[] {
  return [
    ...(row
      ? [
          `CREATE TRIGGER t_row BEFORE ${row.events} ON a FOR EACH ROW ${row.when ? 'WHEN (new.id > 0) ' : ''}EXECUTE FUNCTION touch()`,
          ...(row.enabled ? [`ALTER TABLE a ${row.enabled} TRIGGER t_row`] : []),
          ...(row.comment ? ["COMMENT ON TRIGGER t_row ON a IS 'now'"] : []),
        ]
      : []),
    ...(constraint === undefined
      ? []
      : [
          `CREATE CONSTRAINT TRIGGER t_con AFTER INSERT ON a ${constraint} FOR EACH ROW EXECUTE FUNCTION touch()`,
        ]),
    ...(statement
      ? [
          'CREATE TRIGGER t_all AFTER UPDATE ON a REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION touch()',
        ]
      : []),
  ]
}
