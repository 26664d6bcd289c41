import type { Design } from './design.ts'
import { columnsOfA, isUnlogged } from './table-sql.ts'

const integerOf = (type: string | undefined) => (type?.startsWith('big') ? 'bigint' : 'integer')

/** A table that refers to the first, and perhaps the other way round. */
export function tableB(design: Design, major: number): string[] {
  const { a, b } = design
  const isLoose = isUnlogged(design, major)
  if (!b) return []
  const isReferable = a && ['primary', 'primary named', 'unique'].includes(a.key)
  const isPersistent = b.unlogged || !isLoose
  const reference = isReferable && isPersistent ? b.reference : undefined
  const type = integerOf(a && columnsOfA(design).get('id'))
  return [
    `CREATE ${b.unlogged ? 'UNLOGGED ' : ''}TABLE b (id integer PRIMARY KEY, a ${type})`,
    ...(reference
      ? [
          `ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (a) REFERENCES a (id) ${reference.onDelete} ${reference.deferrable}${reference.notValid ? ' NOT VALID' : ''}`,
        ]
      : []),
    ...(b.back && a && (isLoose || !b.unlogged)
      ? [
          'ALTER TABLE a ADD b integer',
          'ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b',
        ]
      : []),
  ]
}

/** Partitions and children. */
export function otherTables(design: Design): string[] {
  return [...partitioned(design), ...inherited(design)]
}

function partitioned(design: Design): string[] {
  const { p, touch } = design
  if (!p) return []
  const q = p.column
  const places = p.parts.map(part => ({ part, at: p.moved ? part * 10 : part }))
  const bounds = (at: number) =>
    p.by.startsWith('LIST') ? `IN (${at})` : `FROM (${at}) TO (${at + 1})`
  const isNumber = q !== undefined && q !== 'text'
  return [
    `CREATE TABLE p (k integer NOT NULL${q ? `, q ${q}${isNumber && p.default ? ` DEFAULT ${p.default}` : ''}` : ''}${p.check ? `, CONSTRAINT k_ok CHECK (${p.check})` : ''}${p.key ? ', CONSTRAINT p_key PRIMARY KEY (k)' : ''}) PARTITION BY ${p.by}`,
    ...(p.index === 'k' || (p.index === 'q' && q) ? [`CREATE INDEX p_i ON p (${p.index})`] : []),
    ...places.map(
      ({ part, at }) => `CREATE TABLE p${part} PARTITION OF p FOR VALUES ${bounds(at)}`,
    ),
    ...(isNumber && p.ownDefault && places[0]
      ? [`ALTER TABLE p${places[0].part} ALTER q SET DEFAULT ${p.ownDefault}`]
      : []),
    ...(p.sub && !p.key
      ? [
          'CREATE TABLE ps PARTITION OF p DEFAULT PARTITION BY HASH (k)',
          'CREATE TABLE ps0 PARTITION OF ps FOR VALUES WITH (MODULUS 2, REMAINDER 0)',
        ]
      : []),
    ...(p.loose ? [`CREATE TABLE p4 (k integer NOT NULL${q ? `, q ${q}` : ''})`] : []),
    ...(p.reference && p.key ? ['CREATE TABLE pr (k integer REFERENCES p)'] : []),
    ...(p.trigger && touch
      ? ['CREATE TRIGGER pt AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch()']
      : []),
  ]
}

function inherited({ parent, sequence }: Design): string[] {
  if (!parent) return []
  const { child } = parent
  return [
    `CREATE TABLE pa (id integer, n ${parent.column}${parent.default ? ` DEFAULT ${parent.default}` : ''}${parent.notNull ? ' NOT NULL' : ''}${parent.check ? ', CONSTRAINT pa_ok CHECK (n > 0)' : ''})`,
    ...(sequence?.owned ? ['ALTER SEQUENCE seq OWNED BY pa.id'] : []),
    ...(child
      ? [
          `CREATE TABLE ch (own ${child.own}${child.check ? ', CONSTRAINT ch_ok CHECK (id > 0)' : ''}) INHERITS (pa)`,
          ...(child.index ? ['CREATE INDEX ch_i ON ch (n)'] : []),
        ]
      : []),
  ]
}
