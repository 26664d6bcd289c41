import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a type', server => {
  const database = introspectDatabase(server)

  test('may list values, in their order', async () => {
    const [type] = await database.objects(
      `CREATE TYPE status AS ENUM ('new', 'it''s', '', 'a,b');
       ALTER TYPE status ADD VALUE 'between' AFTER 'new'; COMMENT ON TYPE status IS 'c'`,
      'enum:public.status',
    )
    expect(type).toStrictEqual({
      kind: 'enum',
      schema: 'public',
      name: 'status',
      values: ['new', 'between', "it's", '', 'a,b'],
      comment: 'c',
    })
  })

  test('may be a domain', async () => {
    const found = await database.objects(
      `CREATE DOMAIN plain AS numeric(10, 2);
       CREATE DOMAIN word AS varchar(20) COLLATE "C" DEFAULT 'x' NOT NULL
         CONSTRAINT letters CHECK (VALUE ~ '^[a-z]+$') CONSTRAINT "a first" CHECK (length(VALUE) > 0);
       ALTER DOMAIN word ADD CONSTRAINT later CHECK (VALUE <> 'y') NOT VALID;
       COMMENT ON DOMAIN word IS 'c'; COMMENT ON CONSTRAINT letters ON DOMAIN word IS 'd'`,
      'domain:public.plain',
      'domain:public.word',
    )
    expect(found).toStrictEqual([
      {
        kind: 'domain',
        schema: 'public',
        name: 'plain',
        type: 'numeric(10,2)',
        notNull: false,
        checks: [],
      },
      {
        kind: 'domain',
        schema: 'public',
        name: 'word',
        type: 'varchar(20)',
        notNull: true,
        default: { sql: "'x'::character varying" },
        collation: 'C',
        checks: [
          { name: 'a first', expression: 'length((VALUE)::text) > 0' },
          {
            name: 'later',
            expression: "(VALUE)::text <> 'y'::text",
            notValid: true,
          },
          { name: 'letters', expression: "(VALUE)::text ~ '^[a-z]+$'::text", comment: 'd' },
        ],
        comment: 'c',
      },
    ])
  })

  test('may be composite', async () => {
    const [type] = await database.objects(
      `CREATE TYPE status AS ENUM ('a');
       CREATE TYPE address AS (street text COLLATE "C", "No" integer, st status[]);
       COMMENT ON COLUMN address."No" IS 'c'`,
      'compositeType:public.address',
    )
    expect(type).toStrictEqual({
      kind: 'compositeType',
      schema: 'public',
      name: 'address',
      attributes: [
        { name: 'street', type: 'text', collation: 'C' },
        { name: 'No', type: 'integer', comment: 'c' },
        { name: 'st', type: 'public.status[]' },
      ],
    })
  })

  test('may be a range, whose functions and casts are its own', async () => {
    await database.run(
      `CREATE FUNCTION diff(a float8, b float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT a - b';
       CREATE TYPE price AS RANGE (subtype = float8, subtype_diff = diff);
       CREATE TYPE span AS RANGE (subtype = text, collation = "C", subtype_opclass = text_pattern_ops)`,
    )
    const { objects } = await database.read()
    expect([...objects.keys()].sort()).toEqual([
      'extension:plpgsql',
      'rangeType:public.price',
      'rangeType:public.span',
      'routine:public.diff(double precision, double precision)',
      'schema:public',
    ])
    expect(objects.get('rangeType:public.price')).toStrictEqual({
      kind: 'rangeType',
      schema: 'public',
      name: 'price',
      subtype: 'double precision',
      options: { subtype_diff: 'public.diff' },
    })
    expect(objects.get('rangeType:public.span')).toMatchObject({
      options: { subtype_opclass: 'pg_catalog.text_pattern_ops', collation: 'pg_catalog."C"' },
    })
  })

  test.skipIf(server.major < 14)('may have a multirange type of a chosen name', async () => {
    const [type] = await database.objects(
      `CREATE SCHEMA s; CREATE TYPE r AS RANGE (subtype = integer, multirange_type_name = s."Many")`,
      'rangeType:public.r',
    )
    expect(type).toMatchObject({ options: { multirange_type_name: 's."Many"' } })
  })

  test('of its own making is read with the functions that it cannot do without', async () => {
    await database.run(
      `CREATE TYPE own;
       CREATE FUNCTION own_in(cstring) RETURNS own LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
       CREATE FUNCTION own_out(own) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
       CREATE TYPE own (INPUT = own_in, OUTPUT = own_out, LIKE = integer, CATEGORY = 'N');
       CREATE FUNCTION twice(own) RETURNS own LANGUAGE internal IMMUTABLE STRICT AS 'int4up'`,
    )
    const { objects, dependencies, unmodelled } = await database.read()
    expect([...objects.keys()].sort()).toEqual([
      'extension:plpgsql',
      'routine:public.twice(public.own)',
      'schema:public',
      'verbatim:TYPE public.own',
    ])
    expect(objects.get('verbatim:TYPE public.own')).toStrictEqual({
      kind: 'verbatim',
      type: 'TYPE',
      identity: 'public.own',
      cascade: true,
      statements: [
        'CREATE TYPE public.own',
        expect.stringMatching(/^CREATE OR REPLACE FUNCTION public\.own_in\(cstring\)/),
        expect.stringMatching(/^CREATE OR REPLACE FUNCTION public\.own_out\(public\.own\)/),
        expect.stringContaining('PASSEDBYVALUE'),
      ],
    })
    expect(dependencies.get('routine:public.twice(public.own)')).toContain(
      'verbatim:TYPE public.own',
    )
    expect(unmodelled).toEqual([])
  })
})
