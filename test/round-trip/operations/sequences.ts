import { sequence } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

/** Sequences. */
export const sequences: OperationCases = {
  'a sequence with every option': {
    before: 'CREATE TABLE t (a integer)',
    upgrade: op =>
      op.createSequence('s', {
        type: 'integer',
        start: 5n,
        increment: 2n,
        minValue: 1n,
        maxValue: 99n,
        cache: 3n,
        cycle: true,
        ownedBy: 't.a',
        comment: 'counts',
      }),
  },
  'a sequence that is not logged, unless it is there': {
    requires: 15,
    upgrade: op => op.createSequence('s', { unlogged: true, ifNotExists: true }),
  },
  'a sequence with other options': {
    before: 'CREATE TABLE t (a integer); CREATE SEQUENCE s INCREMENT BY 5 CYCLE OWNED BY t.a',
    upgrade: op =>
      op.alterSequence('s', {
        increment: null,
        cycle: false,
        maxValue: 99n,
        cache: 9n,
        type: 'integer',
        ownedBy: null,
        existing: { increment: 5n, cycle: true, ownedBy: 't.a' },
      }),
  },
  'a sequence that begins elsewhere': {
    before: 'CREATE SEQUENCE s MINVALUE 5',
    upgrade: op =>
      op.alterSequence('s', { start: 50n, minValue: 2n, existing: { start: 5n, minValue: 5n } }),
  },
  'a sequence that goes': {
    before: `CREATE SEQUENCE s START WITH 5; COMMENT ON SEQUENCE s IS 'counts'`,
    upgrade: op =>
      op.dropSequence('s', { existing: sequence('s', { start: 5n, comment: 'counts' }) }),
  },
}
