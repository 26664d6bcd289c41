import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('an index', server => {
  const database = introspectDatabase(server)

  /** The index `i` on the table `t`, which has columns of many types. */
  const index = async (...statements: readonly string[]) => {
    const [found] = await database.objects(
      `CREATE TABLE t (id integer, name varchar(20), note text, code char(4), tags text[], data jsonb,
         at timestamptz, "Odd col" text);
       ${statements.join(';')}`,
      'index:public.i',
    )
    return found
  }

  /** Its keys alone. */
  const elements = async (...statements: readonly string[]) =>
    ((await index(...statements)) as { readonly elements: readonly unknown[] }).elements

  test('is its table and keys, and no default', async () => {
    expect(await index('CREATE INDEX i ON t (name, "Odd col")')).toStrictEqual({
      kind: 'index',
      schema: 'public',
      table: 't',
      name: 'i',
      elements: [{ column: 'name' }, { column: 'Odd col' }],
    })
  })

  test('tells predicate, included columns, options and comment', async () => {
    expect(
      await index(
        `CREATE UNIQUE INDEX i ON t (lower(name)) INCLUDE (note, id) WITH (fillfactor = 70)
          WHERE id > 0 AND note IS NOT NULL`,
        'ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 99',
        "COMMENT ON INDEX i IS 'c'",
      ),
    ).toStrictEqual({
      kind: 'index',
      schema: 'public',
      table: 't',
      name: 'i',
      elements: [{ expression: 'lower((name)::text)' }],
      unique: true,
      include: ['note', 'id'],
      where: '(id > 0) AND (note IS NOT NULL)',
      options: { fillfactor: '70' },
      comment: 'c',
      statistics: { 1: 99 },
    })
  })

  test('tells its method', async () => {
    expect(await index('CREATE INDEX i ON t USING gin (data jsonb_path_ops)')).toMatchObject({
      method: 'gin',
      elements: [{ column: 'data', opclass: 'jsonb_path_ops' }],
    })
  })

  test('tells that its table is clustered by it', async () => {
    expect(await index('CREATE INDEX i ON t (id)', 'ALTER TABLE t CLUSTER ON i')).toMatchObject({
      clustered: true,
    })
  })

  test('tells order and place of nulls where they are not the default', async () => {
    expect(
      await elements(
        'CREATE INDEX i ON t (id ASC NULLS LAST, id ASC NULLS FIRST, id DESC, id DESC NULLS LAST)',
      ),
    ).toStrictEqual([
      { column: 'id' },
      { column: 'id', nulls: 'first' },
      { column: 'id', order: 'desc' },
      { column: 'id', order: 'desc', nulls: 'last' },
    ])
  })

  test('tells operator class and collation where they are not the default', async () => {
    expect(
      await elements(
        "CREATE COLLATION german (provider = icu, locale = 'de')",
        `CREATE INDEX i ON t (name text_ops, name varchar_pattern_ops, code bpchar_ops,
          tags array_ops, note COLLATE "C", note COLLATE german text_pattern_ops DESC,
          (name || note) COLLATE "POSIX")`,
      ),
    ).toStrictEqual([
      { column: 'name' },
      { column: 'name', opclass: 'varchar_pattern_ops' },
      { column: 'code' },
      { column: 'tags' },
      { column: 'note', collation: 'C' },
      { column: 'note', collation: 'public.german', opclass: 'text_pattern_ops', order: 'desc' },
      { expression: '(name)::text || note', collation: 'POSIX' },
    ])
  })

  test('qualifies an operator class of an extension and keeps its options', async () => {
    expect(
      await elements(
        'CREATE SCHEMA "Ext"; CREATE EXTENSION pg_trgm SCHEMA "Ext"',
        'CREATE INDEX i ON t USING gist (note "Ext".gist_trgm_ops (siglen = 32), name "Ext".gist_trgm_ops)',
      ),
    ).toStrictEqual([
      {
        column: 'note',
        opclass: '"Ext".gist_trgm_ops',
        opclassOptions: { siglen: '32' },
      },
      { column: 'name', opclass: '"Ext".gist_trgm_ops' },
    ])
  })

  test('tells keys apart whatever their text holds', async () => {
    expect(
      await elements(`CREATE INDEX i ON t ((note || ', ' || name) DESC, coalesce("Odd col", ') WITH ('),
        (CASE WHEN id > 0 THEN 1 ELSE 2 END), (ARRAY[id, 1]), (id IS NULL))`),
    ).toStrictEqual([
      { expression: "(note || ', '::text) || (name)::text", order: 'desc' },
      { expression: `COALESCE("Odd col", ') WITH ('::text)` },
      { expression: 'CASE\n    WHEN (id > 0) THEN 1\n    ELSE 2\nEND' },
      { expression: 'ARRAY[id, 1]' },
      { expression: 'id IS NULL' },
    ])
  })

  test.skipIf(server.major < 15)('may take nulls for equal', async () => {
    expect(await index('CREATE UNIQUE INDEX i ON t (id) NULLS NOT DISTINCT')).toMatchObject({
      unique: true,
      nullsNotDistinct: true,
    })
  })

  test('of a materialized view names that as its table', async () => {
    expect(
      await index('CREATE MATERIALIZED VIEW m AS SELECT id FROM t', 'CREATE INDEX i ON m (id)'),
    ).toMatchObject({ table: 'm' })
  })

  test('behind a constraint is the constraint’s', async () => {
    await database.run('CREATE TABLE t (id integer PRIMARY KEY, n integer UNIQUE)')
    const { objects } = await database.read()
    expect([...objects.values()].filter(({ kind }) => kind === 'index')).toEqual([])
  })

  test('that failed to be built is listed, not modelled', async () => {
    await index(
      'CREATE INDEX i ON t (id)',
      `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass`,
    )
    const { objects, unmodelled } = await database.read()
    expect(objects.has('index:public.i')).toBe(false)
    expect(unmodelled).toEqual([{ kind: 'invalid index', name: 'public.i' }])
  })
})
