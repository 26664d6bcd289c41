import { index, integer, table } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const parent = 'CREATE TABLE p (a integer NOT NULL) PARTITION BY LIST (a);'

/** Partitions, and what stands on partitioned tables. */
export const partitions: OperationCases = {
  'a table that becomes a partition': {
    before: `${parent} CREATE TABLE p1 (a integer NOT NULL)`,
    upgrade: op => op.attachPartition('p', 'p1', { bounds: 'FOR VALUES IN (1, 2)' }),
  },
  'a partition that becomes a table': {
    before: `${parent} CREATE TABLE p1 PARTITION OF p DEFAULT`,
    upgrade: op => op.detachPartition('p', 'p1', { bounds: 'DEFAULT' }),
  },
  'a partition that goes': {
    before: `${parent} CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)`,
    upgrade: op =>
      op.dropTable('p1', {
        existing: table('p1', {}, { partitionOf: { parent: 'p', bounds: 'FOR VALUES IN (1)' } }),
      }),
  },
  'a partitioned table that goes': {
    before: parent,
    upgrade: op =>
      op.dropTable('p', {
        existing: table('p', { a: integer().notNull() }, { partitionBy: 'LIST (a)' }),
      }),
  },
  'an index on the parent alone, and those of its partitions below it': {
    before: `${parent} CREATE TABLE p1 PARTITION OF p DEFAULT`,
    upgrade: op => {
      op.createIndex('i', 'p', ['a'], { only: true })
      op.createIndex('i1', 'p1', ['a'], { attachedTo: 'i' })
    },
  },
  'an index on all of them': {
    before: `${parent} CREATE TABLE p1 PARTITION OF p DEFAULT`,
    upgrade: op => op.createIndex('i', 'p', ['a']),
  },
  'an index on all of them that goes': {
    before: `${parent} CREATE TABLE p1 PARTITION OF p DEFAULT; CREATE INDEX i ON p (a)`,
    upgrade: op => op.dropIndex('i', { table: 'p', existing: index('i').on('a') }),
  },
  'a key of the parent, and of its partitions below it': {
    before: `${parent} CREATE TABLE p1 PARTITION OF p DEFAULT`,
    upgrade: op => {
      op.createPrimaryKey('p_pk', 'p', ['a'], { only: true })
      op.createPrimaryKey('p1_pk', 'p1', ['a'], { attachedTo: 'p_pk' })
    },
  },
}
