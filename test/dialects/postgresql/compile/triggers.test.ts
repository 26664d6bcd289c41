import { expect, test } from 'vitest'
import type { Trigger } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled triggers', server => {
  const database = compileDatabase(server)
  const setUp = () =>
    database.run(`CREATE TABLE t (a integer, "B" text); CREATE TABLE other (a integer);
      CREATE VIEW v AS SELECT a FROM t;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'`)
  const trigger = (rest: Partial<Trigger>): Trigger => ({
    kind: 'trigger',
    table: 't',
    name: 'x',
    timing: 'after',
    events: ['insert'],
    forEach: 'row',
    execute: 'f()',
    ...rest,
  })

  test.each<[string, Trigger, string]>([
    [
      'columns, a condition and arguments',
      trigger({
        name: 'Odd',
        timing: 'before',
        events: ['insert', 'delete', 'update'],
        updateOf: ['a', 'B'],
        execute: `public.f('one', '2')`,
      }),
      `CREATE TRIGGER "Odd" BEFORE INSERT OR DELETE OR UPDATE OF a, "B" ON public.t FOR EACH ROW EXECUTE FUNCTION f('one', '2')`,
    ],
    [
      'a condition',
      trigger({ events: ['update'], when: 'old.a IS DISTINCT FROM new.a' }),
      'CREATE TRIGGER x AFTER UPDATE ON public.t FOR EACH ROW WHEN ((old.a IS DISTINCT FROM new.a)) EXECUTE FUNCTION f()',
    ],
    [
      'transition tables',
      trigger({ events: ['update'], forEach: 'statement', oldTable: 'before', newTable: 'After' }),
      'CREATE TRIGGER x AFTER UPDATE ON public.t REFERENCING OLD TABLE AS before NEW TABLE AS "After" FOR EACH STATEMENT EXECUTE FUNCTION f()',
    ],
    [
      'TRUNCATE',
      trigger({ events: ['truncate'], forEach: 'statement' }),
      'CREATE TRIGGER x AFTER TRUNCATE ON public.t FOR EACH STATEMENT EXECUTE FUNCTION f()',
    ],
    [
      'deferral',
      trigger({
        schema: 'public',
        constraint: {
          from: { schema: 'public', name: 'other' },
          deferrable: true,
          initiallyDeferred: true,
        },
      }),
      'CREATE CONSTRAINT TRIGGER x AFTER INSERT ON public.t FROM other DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f()',
    ],
    [
      'INSTEAD OF on a view',
      trigger({ table: 'v', timing: 'instead of' }),
      'CREATE TRIGGER x INSTEAD OF INSERT ON public.v FOR EACH ROW EXECUTE FUNCTION f()',
    ],
  ])('have %s', async (_, object, expected) => {
    await setUp()
    await database.apply({ kind: 'createTrigger', object })
    expect(
      await database.value(`SELECT pg_get_triggerdef(oid) FROM pg_trigger
        WHERE tgname = '${object.name}'`),
    ).toBe(expected)
    const { name, table } = object
    await database.apply({ kind: 'dropTrigger', object: { schema: 'public', name, table } })
  })

  test('fire where they are told to, and carry comments', async () => {
    await setUp()
    for (const [enabled, state] of [
      ['disabled', 'D'],
      ['replica', 'R'],
      ['always', 'A'],
    ] as const) {
      await database.apply({
        kind: 'createTrigger',
        object: trigger({ name: enabled, enabled, comment: state }),
      })
      expect(
        await database.rows(`SELECT tgenabled, obj_description(oid) AS comment FROM pg_trigger
          WHERE tgname = '${enabled}'`),
      ).toEqual([{ tgenabled: state, comment: state }])
    }
  })

  test('are rules', async () => {
    await setUp()
    await database.apply({
      kind: 'createRule',
      object: {
        kind: 'rule',
        table: 't',
        name: 'keep',
        definition: 'ON DELETE TO public.t WHERE old.a > 0 DO INSTEAD NOTHING',
        enabled: 'disabled',
        comment: 'never gone',
      },
    })
    expect(
      await database.rows(`SELECT pg_get_ruledef(oid, true) AS definition, ev_enabled,
        obj_description(oid) AS comment FROM pg_rewrite WHERE rulename = 'keep'`),
    ).toEqual([
      {
        definition:
          'CREATE RULE keep AS\n    ON DELETE TO t\n   WHERE old.a > 0 DO INSTEAD NOTHING;',
        ev_enabled: 'D',
        comment: 'never gone',
      },
    ])
    await database.apply({ kind: 'dropRule', object: { name: 'keep', table: 't' } })
  })

  test('are event triggers', async () => {
    await setUp()
    await database.apply({
      kind: 'createEventTrigger',
      object: {
        kind: 'eventTrigger',
        name: 'watch',
        event: 'ddl_command_end',
        tags: ['CREATE TABLE', 'ALTER TABLE'],
        execute: 'public.e()',
        enabled: 'replica',
        comment: 'watches',
      },
    })
    expect(
      await database.rows(`SELECT evtevent, evttags, evtenabled, obj_description(oid) AS comment
        FROM pg_event_trigger WHERE evtname = 'watch'`),
    ).toEqual([
      {
        evtevent: 'ddl_command_end',
        evttags: ['CREATE TABLE', 'ALTER TABLE'],
        evtenabled: 'R',
        comment: 'watches',
      },
    ])
    await database.apply({ kind: 'dropEventTrigger', object: { name: 'watch' } })
  })
})
