import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { NamingConvention } from '../../src/config/config.ts'
import {
  check,
  finalName,
  foreignKey,
  index,
  integer,
  native,
  type Op,
  primaryKey,
  reversed,
  sql,
  table,
  text,
  unique,
} from '../../src/index.ts'
import { Naming } from '../../src/operations/naming.ts'
import { record } from '../../src/operations/op.ts'
import type { Operation } from '../../src/operations/operation.ts'

/** The one that SQLAlchemy's documentation recommends. */
const recommended: NamingConvention = {
  ix: 'ix_%(column_0_label)s',
  uq: 'uq_%(table_name)s_%(column_0_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
  pk: 'pk_%(table_name)s',
}

const recorded = (
  script: (op: Op) => void,
  convention: NamingConvention = recommended,
  dialect: 'postgresql' | 'mysql' | 'sqlite' = 'postgresql',
): Operation[] => record(script, new Naming(convention, dialect))

/** The names of everything that is created or dropped, in order. */
function namesIn(operations: readonly Operation[]): unknown[] {
  return operations.flatMap(operation => {
    switch (operation.kind) {
      case 'createTable':
        return operation.constraints.map(({ name }) => name)
      case 'createConstraint':
        return [operation.constraint.name]
      case 'createIndex':
        return [operation.index.name]
      case 'dropConstraint':
      case 'dropIndex':
        return [operation.name, operation.existing?.name]
      default:
        return []
    }
  })
}

// What SQLAlchemy makes of the recommended convention is among the recorded directives.
describe('what is given no name', () => {
  test('has the name that the convention makes, in a table and beside it', () => {
    const operations = recorded(op => {
      op.createTable(
        'child',
        {
          id: integer().primaryKey(),
          parent_id: integer().references('parent.id'),
          a: text().unique(),
          n: integer().check(sql`n > 0`, 'positive'),
        },
        t => [index().on(t.a)],
      )
      op.createUniqueConstraint(null, 'pair', ['a', 'b'])
      op.createIndex(null, 'account', ['name'], { schema: 'auth' })
      op.addColumn('account', { parent_id: integer().references('parent.id') })
    })
    expect(namesIn(operations)).toEqual([
      ...['pk_child', 'fk_child_parent_id_parent', 'uq_child_a', 'ck_child_positive'],
      ...['ix_child_a', 'uq_pair_a', 'ix_auth_account_name', 'fk_account_parent_id_parent'],
    ])
    expect(JSON.stringify(operations)).not.toContain('hasFinalName')
  })

  test('has none without a convention for its kind', () => {
    const script = (op: Op) => {
      op.createUniqueConstraint(null, 'pair', ['a'])
      op.createExcludeConstraint(null, 'pair', [['a', '=']])
    }
    expect(namesIn(recorded(script, {}))).toEqual([undefined, undefined])
    expect(namesIn(recorded(script))).toEqual(['uq_pair_a', undefined])
  })

  test('may be named after all its columns', () => {
    const script = (op: Op) => {
      op.createUniqueConstraint(null, 'pair', ['a', 'b'])
      op.createForeignKey(null, 'pair', 'other', ['a', 'b'], ['x', 'y'])
      op.createIndex(null, 'pair', ['a', sql`lower(b)`, { column: 'b', order: 'desc' }])
    }
    const convention = {
      uq: '%(column_0N_name)s',
      fk: '%(column_0_N_key)s_%(referred_column_0_N_name)s',
      ix: '%(column_0_N_label)s_%(column_7_name)s',
    }
    expect(namesIn(recorded(script, convention))).toEqual(['ab', 'a_b_x_y', 'pair_a_pair_b_'])
  })

  test('is refused where the convention makes its name of one, or of columns that are not named', () => {
    const failing = (script: (op: Op) => void, convention = recommended) =>
      expect(() => recorded(script, convention))
    failing(op => op.createCheckConstraint(null, 'pair', sql`a > 0`)).toThrow(
      'check on pair: it has no name',
    )
    failing(op => op.createIndex(null, 'pair', [sql`lower(a)`])).toThrow('index on pair (lower(a))')
    failing(op => op.dropConstraint('a', 'pair', { type: 'unique' }), {
      uq: '%(column_0_name)s_%(constraint_name)s',
    }).toThrow('unique constraint a on pair')
  })
})

describe('a name that is given', () => {
  const script = (op: Op) => {
    op.createCheckConstraint('positive', 'pair', sql`a > 0`)
    op.createCheckConstraint(op.f('as_it_is'), 'pair', sql`a > 0`)
    op.createUniqueConstraint('mine', 'pair', ['a'])
    op.dropConstraint('positive', 'pair', { type: 'check' })
    op.dropConstraint('positive', 'pair', { existing: check(undefined, sql`a > 0`) })
    op.dropConstraint(op.f('as_it_is'), 'pair', { type: 'check' })
    op.dropConstraint('of_any_kind', 'pair')
  }

  test('is fed through a convention that speaks of it, unless it is a final one', () => {
    expect(namesIn(recorded(script))).toEqual([
      ...['ck_pair_positive', 'as_it_is', 'mine'],
      ...['ck_pair_positive', undefined, 'ck_pair_positive', 'ck_pair_positive'],
      ...['as_it_is', undefined, 'of_any_kind', undefined],
    ])
  })

  test('is final once it was recorded: what undoes it has the same', () => {
    const upgrade = (op: Op) => {
      op.createCheckConstraint('positive', 'pair', sql`a > 0`)
      op.createIndex('of_a', 'pair', ['a'])
    }
    const convention = { ...recommended, ix: 'ix_%(constraint_name)s' }
    const undone = recorded(reversed(upgrade), convention)
    expect(namesIn(undone)).toEqual([
      ...['ix_of_a', 'ix_of_a', 'ck_pair_positive', 'ck_pair_positive'],
    ])
    const again = (op: Op) => {
      for (const one of undone) op.invoke(one)
    }
    expect(namesIn(recorded(again, convention))).toEqual(namesIn(undone))
  })

  test('is a final one in every builder', () => {
    const name = finalName('n')
    const operations = recorded(
      op => {
        const columns = [
          integer().primaryKey(name),
          integer().unique(name),
          integer().check(sql`a > 0`, name),
          integer().references('t.a', { name }),
        ]
        const elements = [
          primaryKey(name).on('a'),
          unique(name).on('a'),
          check(name, sql`a > 0`),
          foreignKey(name).on('a').references('t', ['a']),
          index(name).on('a'),
        ]
        for (const a of columns) op.createTable('t', { a })
        for (const element of elements) op.createTable('t', { a: integer() }, () => [element])
      },
      Object.fromEntries(
        ['ix', 'uq', 'ck', 'fk', 'pk'].map(kind => [kind, 'x_%(constraint_name)s']),
      ),
    )
    expect(namesIn(operations)).toEqual(Array(9).fill('n'))
  })

  test('has to be a name', () => {
    expect(() => finalName('')).toThrow('the name is an empty text')
    expect(() => record(op => op.createIndex(7 as never, 't', ['a']))).toThrow(
      'its argument name is 7, not a name',
    )
  })
})

test('what is changed together is named too, with the table that is described', () => {
  const [together] = recorded(op =>
    op.batchAlterTable('odd', { existing: table('odd', { a: text().unique() }) }, batch => {
      batch.dropConstraint('uq_odd_a', { type: 'unique' })
      batch.createUniqueConstraint(null, ['b'])
    }),
  )
  expect(together).toMatchObject({
    changes: [{ name: 'uq_odd_a' }, { constraint: { name: 'uq_odd_b' } }],
    existing: { constraints: [{ name: 'uq_odd_a' }] },
  })
})

test('models are named by the same convention', async () => {
  const models = table('users', { id: integer().primaryKey(), email: text().unique() })
  const content = await native(models).load({
    dialect: 'postgresql',
    directory: '/',
    namingConvention: recommended,
  })
  expect(namesIn('operations' in content ? content.operations : [])).toEqual([
    'pk_users',
    'uq_users_email',
  ])
})

describe('a name that is too long', () => {
  const long = (dialect: 'postgresql' | 'mysql' | 'sqlite', column: string) =>
    namesIn(
      recorded(
        op => op.createUniqueConstraint(null, 'a_rather_long_table_name_for_a_database', [column]),
        recommended,
        dialect,
      ),
    )[0]

  test('is cut as SQLAlchemy cuts it', () => {
    const column = 'and_a_column_that_is_long_as_well'
    const whole = `uq_a_rather_long_table_name_for_a_database_${column}`
    const hash = createHash('md5').update(whole).digest('hex').slice(-4)
    // name[0:max - 8] + "_" + md5_hex(name)[-4:]
    expect(long('postgresql', column)).toBe(`${whole.slice(0, 55)}_${hash}`)
    expect(long('mysql', column)).toBe(`${whole.slice(0, 56)}_${hash}`)
    expect(long('sqlite', column)).toBe(whole)
    expect(hash).toBe('2e07')
  })

  test('has room on PostgreSQL, which counts bytes', () => {
    const name = String(long('postgresql', 'ünïcödé_ünïcödé_ün'))
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63)
    expect(name).toMatch(/^uq_a_rather.*_[0-9a-f]{4}$/)
  })
})
