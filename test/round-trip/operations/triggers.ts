import { eventTrigger, policy, rule, sql, trigger } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const table = `CREATE TABLE t (a integer, b text);
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';`
const watcher = `CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';`

/** Triggers, rules and policies. */
export const triggers: OperationCases = {
  'a trigger with every option': {
    before: table,
    upgrade: op =>
      op.createTrigger('touch', 't', {
        timing: 'before',
        events: ['insert', 'update'],
        updateOf: ['a'],
        forEach: 'row',
        when: sql`NEW.a > 0`,
        execute: `f('it''s', 'x')`,
        enabled: 'always',
        comment: 'touches',
      }),
  },
  'a trigger that sees all rows at once': {
    before: table,
    upgrade: op =>
      op.createTrigger('after_all', 't', {
        timing: 'after',
        events: ['update'],
        forEach: 'statement',
        oldTable: 'old rows',
        newTable: 'new rows',
        execute: 'f()',
      }),
  },
  'a constraint trigger': {
    before: `${table} CREATE TABLE u (a integer)`,
    upgrade: op =>
      op.createTrigger('later', 't', {
        timing: 'after',
        events: ['insert'],
        forEach: 'row',
        constraint: { from: { name: 'u' }, deferrable: true, initiallyDeferred: true },
        execute: 'f()',
      }),
  },
  'a trigger of a view': {
    before: `${table} CREATE VIEW v AS SELECT a FROM t`,
    upgrade: op =>
      op.createTrigger('instead', 'v', {
        timing: 'instead of',
        events: ['insert'],
        forEach: 'row',
        execute: 'f()',
      }),
  },
  'a trigger that goes': {
    before: `${table} CREATE TRIGGER touch AFTER DELETE OR TRUNCATE ON t EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER touch`,
    upgrade: op =>
      op.dropTrigger('touch', 't', {
        existing: trigger('touch', 't', {
          timing: 'after',
          events: ['delete', 'truncate'],
          forEach: 'statement',
          execute: 'f()',
          enabled: 'disabled',
        }),
      }),
  },
  'a rule': {
    before: table,
    upgrade: op =>
      op.createRule('keep', 't', sql`ON DELETE TO t WHERE (old.a > 0) DO INSTEAD NOTHING`, {
        enabled: 'replica',
        comment: 'keeps',
      }),
  },
  'a rule that goes': {
    before: `${table} CREATE RULE keep AS ON DELETE TO t DO INSTEAD NOTHING`,
    upgrade: op =>
      op.dropRule('keep', 't', {
        existing: rule('keep', 't', sql`ON DELETE TO t DO INSTEAD NOTHING`),
      }),
  },
  'a policy with every option': {
    before: table,
    upgrade: op =>
      op.createPolicy('own', 't', {
        restrictive: true,
        command: 'update',
        roles: ['pg_monitor', 'public'],
        using: sql`b = current_user`,
        withCheck: sql`a > 0`,
        comment: 'own rows',
      }),
  },
  'a policy that goes': {
    before: `${table} CREATE POLICY own ON t USING (a > 0)`,
    upgrade: op =>
      op.dropPolicy('own', 't', { existing: policy('own', 't', { using: sql`a > 0` }) }),
  },
  'an event trigger': {
    before: watcher,
    isAlone: true,
    upgrade: op =>
      op.createEventTrigger('watch', {
        event: 'ddl_command_end',
        tags: ['CREATE TABLE', 'DROP TABLE'],
        execute: 'e()',
        enabled: 'always',
        comment: 'watches',
      }),
  },
  'an event trigger that goes': {
    before: `${watcher} CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION e()`,
    isAlone: true,
    upgrade: op =>
      op.dropEventTrigger('watch', {
        existing: eventTrigger('watch', { event: 'sql_drop', execute: 'e()' }),
      }),
  },
}
