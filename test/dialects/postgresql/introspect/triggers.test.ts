import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

const given = `CREATE TABLE t (id integer, "Odd col" text);
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';`

eachServer('a trigger', server => {
  const database = introspectDatabase(server)

  const triggers = (sql: string, ...names: readonly string[]) =>
    database.objects(`${given} ${sql}`, ...names.map(name => `trigger:public.t.${name}`))

  const on = (name: string) => ({ kind: 'trigger', schema: 'public', table: 't', name })

  test('tells when it fires and what it calls', async () => {
    expect(
      await triggers(
        `CREATE TRIGGER g BEFORE INSERT OR UPDATE OF id, "Odd col" ON t FOR EACH ROW
           WHEN (new.id > 0 AND new."Odd col" <> ') EXECUTE FUNCTION x(')
           EXECUTE FUNCTION f('a', 'it''s');
         COMMENT ON TRIGGER g ON t IS 'c'`,
        'g',
      ),
    ).toStrictEqual([
      {
        ...on('g'),
        timing: 'before',
        events: ['insert', 'update'],
        updateOf: ['id', 'Odd col'],
        forEach: 'row',
        when: `(new.id > 0) AND (new."Odd col" <> ') EXECUTE FUNCTION x('::text)`,
        execute: "public.f('a', 'it''s')",
        comment: 'c',
      },
    ])
  })

  test('may fire for statements and see what they changed', async () => {
    expect(
      await triggers(
        `CREATE TRIGGER g AFTER UPDATE ON t REFERENCING OLD TABLE AS before NEW TABLE AS "After"
           FOR EACH STATEMENT EXECUTE FUNCTION f();
         CREATE TRIGGER "EXECUTE" AFTER TRUNCATE ON t EXECUTE FUNCTION f()`,
        'g',
        'EXECUTE',
      ),
    ).toStrictEqual([
      {
        ...on('g'),
        timing: 'after',
        events: ['update'],
        forEach: 'statement',
        execute: 'public.f()',
        oldTable: 'before',
        newTable: 'After',
      },
      {
        ...on('EXECUTE'),
        timing: 'after',
        events: ['truncate'],
        forEach: 'statement',
        execute: 'public.f()',
      },
    ])
  })

  test('may be a constraint', async () => {
    expect(
      await triggers(
        `CREATE TABLE other ();
         CREATE CONSTRAINT TRIGGER a AFTER INSERT OR DELETE ON t FROM other
           DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();
         CREATE CONSTRAINT TRIGGER b AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`,
        'a',
        'b',
      ),
    ).toMatchObject([
      {
        events: ['insert', 'delete'],
        constraint: {
          from: { schema: 'public', name: 'other' },
          deferrable: true,
          initiallyDeferred: true,
        },
      },
      { constraint: {} },
    ])
  })

  test('may stand for what a view cannot do', async () => {
    const [found] = await database.objects(
      `${given} CREATE VIEW v AS SELECT id FROM t;
       CREATE TRIGGER g INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION f()`,
      'trigger:public.v.g',
    )
    expect(found).toMatchObject({ table: 'v', timing: 'instead of', events: ['update'] })
  })

  test('tells that it does not fire in ordinary sessions', async () => {
    const create = (name: string) =>
      `CREATE TRIGGER ${name} BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();`
    expect(
      await triggers(
        `${create('a')} ALTER TABLE t DISABLE TRIGGER a; ${create('b')}
         ALTER TABLE t ENABLE REPLICA TRIGGER b; ${create('c')} ALTER TABLE t ENABLE ALWAYS TRIGGER c`,
        'a',
        'b',
        'c',
      ),
    ).toMatchObject([{ enabled: 'disabled' }, { enabled: 'replica' }, { enabled: 'always' }])
  })

  test('of the server’s own (a foreign key’s) is not there', async () => {
    await database.run('CREATE TABLE a (id integer PRIMARY KEY, a integer REFERENCES a)')
    const { objects } = await database.read()
    expect([...objects.values()].filter(({ kind }) => kind === 'trigger')).toEqual([])
  })
})

eachServer('a rule', server => {
  const database = introspectDatabase(server)

  test('is its text from ON', async () => {
    const [insert, remove] = await database.objects(
      `${given} CREATE RULE "AS" AS ON INSERT TO t WHERE new.id > 5
         DO INSTEAD UPDATE t SET id = 1 WHERE "Odd col" = ' AS ';
       CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING;
       ALTER TABLE t DISABLE RULE r; COMMENT ON RULE r ON t IS 'c'`,
      'rule:public.t.AS',
      'rule:public.t.r',
    )
    expect(insert).toMatchObject({ kind: 'rule', schema: 'public', table: 't', name: 'AS' })
    expect((insert as { definition: string }).definition.replace(/\s+/g, ' ')).toBe(
      `ON INSERT TO public.t WHERE (new.id > 5) DO INSTEAD UPDATE public.t SET id = 1 WHERE (t."Odd col" = ' AS '::text)`,
    )
    expect(remove).toStrictEqual({
      kind: 'rule',
      schema: 'public',
      table: 't',
      name: 'r',
      definition: 'ON DELETE TO public.t DO NOTHING',
      enabled: 'disabled',
      comment: 'c',
    })
  })

  test('that is a view is a view', async () => {
    await database.run('CREATE VIEW v AS SELECT 1 AS one')
    expect([...(await database.read()).objects.keys()]).toContain('view:public.v')
    expect([...(await database.read()).objects.keys()].join()).not.toContain('rule:')
  })
})

eachServer('an event trigger', server => {
  const database = introspectDatabase(server)

  test('tells its event, tags and function', async () => {
    const [found] = await database.objects(
      `CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
       CREATE EVENT TRIGGER e ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP VIEW') EXECUTE FUNCTION f();
       ALTER EVENT TRIGGER e ENABLE ALWAYS; COMMENT ON EVENT TRIGGER e IS 'c'`,
      'eventTrigger:e',
    )
    expect(found).toStrictEqual({
      kind: 'eventTrigger',
      name: 'e',
      event: 'sql_drop',
      tags: ['DROP TABLE', 'DROP VIEW'],
      execute: 'public.f()',
      enabled: 'always',
      comment: 'c',
    })
  })
})
