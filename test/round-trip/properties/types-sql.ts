import type { Design } from './design.ts'

/** Types, functions and the sequence: what tables rest on. */
export function types(design: Design): string[] {
  const { enum: values, domain, composite, range, collation } = design
  return [
    ...(values ? [`CREATE TYPE e AS ENUM (${values.map(value => `'${value}'`).join(', ')})`] : []),
    ...(domain ? domainSql(domain) : []),
    ...(composite
      ? [
          `CREATE TYPE c AS (first integer${composite.parts.map(part => `, ${part}`).join('')})`,
          ...(composite.comment
            ? ["COMMENT ON TYPE c IS 'parts'", "COMMENT ON COLUMN c.first IS 'one'"]
            : []),
        ]
      : []),
    ...(range ? [`CREATE TYPE r AS RANGE (subtype = ${range})`] : []),
    ...(collation ? [`CREATE COLLATION co ${collation}`] : []),
    ...functions(design),
    ...sequence(design),
  ]
}

function domainSql(domain: NonNullable<Design['domain']>): string[] {
  return [
    [
      `CREATE DOMAIN d AS ${domain.base}`,
      domain.default && `DEFAULT ${domain.default}`,
      domain.notNull && 'NOT NULL',
      domain.check && `CONSTRAINT d_ok CHECK (${domain.check})`,
    ]
      .filter(Boolean)
      .join(' '),
    ...(domain.comment ? ["COMMENT ON DOMAIN d IS 'short'"] : []),
  ]
}

function functions({ function: call, procedure, aggregate, touch }: Design): string[] {
  return [
    ...(call
      ? [
          `CREATE FUNCTION f(value integer${call.extra}) RETURNS ${call.returns} LANGUAGE sql IMMUTABLE${call.strict ? ' STRICT' : ''} AS '${call.body}::${call.returns}'`,
          ...(call.comment ? ["COMMENT ON FUNCTION f IS 'one'"] : []),
        ]
      : []),
    ...(procedure
      ? [`CREATE PROCEDURE act(${procedure.argument}) LANGUAGE plpgsql AS '${procedure.body}'`]
      : []),
    ...(aggregate === undefined
      ? []
      : [`CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer${aggregate})`]),
    ...(touch ? [`CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS '${touch}'`] : []),
  ]
}

function sequence({ sequence: made }: Design): string[] {
  if (!made) return []
  return [
    `CREATE SEQUENCE seq AS ${made.type} INCREMENT ${made.increment}${made.cycle ? ' CYCLE' : ''}`,
    ...(made.comment ? ["COMMENT ON SEQUENCE seq IS 'numbers'"] : []),
  ]
}
