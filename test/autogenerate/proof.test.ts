import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/autogenerate/compare.ts'
import { prove } from '../../src/autogenerate/proof.ts'
import type { RecordedProposal } from '../../src/autogenerate/rehearsal.ts'
import { loadDialect } from '../../src/dialects/load-dialect.ts'
import { integer, text, varchar } from '../../src/index.ts'
import { type Op, record } from '../../src/operations/op.ts'
import type { DatabaseSchema } from '../../src/schema/index.ts'
import { openScratch, type ScratchDatabase } from '../../src/scratch/scratch.ts'
import { embeddedCache } from '../support/embedded-cache.ts'

const start = 'CREATE TABLE users (id integer PRIMARY KEY, nick text NOT NULL, kind varchar(5))'
const goal =
  'CREATE TABLE users (id integer PRIMARY KEY, nick text NOT NULL, kind varchar(5), age integer)'

let scratch: ScratchDatabase
const dialect = await loadDialect('postgresql')

beforeEach(async () => {
  const cacheDirectory = embeddedCache()
  scratch = await openScratch({
    ...{ dialect: 'postgresql', mode: 'embedded', cacheDirectory, extensions: [] },
  })
})
afterEach(() => scratch.close())

const built = (statement: string): Promise<DatabaseSchema> =>
  scratch.rehearse(async connection => {
    await connection.query(statement)
    return dialect.introspect(connection)
  })

/** Proves that one leads from the one schema to the other and back. */
async function proved(proposal: RecordedProposal) {
  const [current, target] = [await built(start), await built(goal)]
  const empty = await dialect.introspect(scratch.connection)
  const comparison = {
    empty: async () => empty,
    ...{ current, target, kept: new Set(), isFiltered: false, dropUnknown: true },
    managed: { kinds: 'all', schemas: 'all' },
  } as unknown as Comparison
  return prove(proposal, { dialect, scratch, comparison, isEdited: false })
}

const proposal = (upgrade: (op: Op) => void, downgrade: (op: Op) => void): RecordedProposal => ({
  upgrade: record(upgrade),
  downgrade: record(downgrade),
})

const addAge = (op: Op) => op.addColumn('users', { age: integer() })
const dropAge = (op: Op) => op.dropColumn('users', 'age', { existing: integer() })

test('a proof is exact where schema and rows come back', async () => {
  expect(await proved(proposal(addAge, dropAge))).toMatchObject({
    downgrade: 'exact',
    loses: [],
    remains: [],
    rows: { unchanged: ['users'] },
  })
})

describe('a proof fails and shows why', () => {
  test.each<[string, RecordedProposal, string, string]>([
    [
      'the upgrade is refused',
      proposal(op => op.addColumn('nobody', { age: integer() }), dropAge),
      'upgrade',
      'its upgrade fails: relation "nobody" does not exist',
    ],
    [
      'the upgrade leads elsewhere',
      proposal(op => op.addColumn('users', { age: varchar(3) }), dropAge),
      'upgrade',
      'after its upgrade, these differences remain:\n  ~ column users.age: type varchar(3) → integer',
    ],
    [
      'the downgrade is refused',
      proposal(addAge, op => op.dropColumn('users', 'ages', { existing: integer() })),
      'downgrade',
      'its downgrade fails: column "ages" of relation "users" does not exist',
    ],
    [
      'the downgrade leads elsewhere',
      proposal(addAge, op => {
        dropAge(op)
        op.alterColumn('users', 'nick', { nullable: true, existing: text().notNull() })
      }),
      'downgrade',
      'after its downgrade, these differences remain:\n  ~ column users.nick: not null',
    ],
    [
      'the upgrade works once',
      proposal(op => {
        addAge(op)
        op.execute('CREATE ROLE once')
      }, dropAge),
      'second upgrade',
      'its second upgrade fails: role "once" already exists\n  CREATE ROLE once',
    ],
    [
      'rows are changed that nothing says are lost',
      proposal(addAge, op => {
        dropAge(op)
        op.execute("UPDATE users SET kind = 'gone'")
      }),
      'rows',
      'rows of users are not the same',
    ],
  ])('where %s', async (_, wrong, stage, words) => {
    const error = await proved(wrong).then(
      () => expect.unreachable(),
      e => e,
    )
    expect(error).toMatchObject({ code: 'PROOF_FAILED', facts: { stage } })
    expect(error.message).toContain('The proposal was not written: in scratch')
    expect(error.message).toContain(words)
  })
})
