import { describe, expect, test } from 'vitest'
import type { DialectName } from '../../src/dialects/dialect.ts'
import { loadConnection } from '../../src/dialects/load-connection.ts'
import { loadDialect } from '../../src/dialects/load-dialect.ts'

describe('loadDialect', () => {
  test('loads the room of PostgreSQL', async () => {
    const dialect = await loadDialect('postgresql')
    expect(dialect).toMatchObject({
      name: 'postgresql',
      defaultSchema: 'public',
      capabilities: { transactionalDdl: true },
    })
    expect(dialect.compile({ kind: 'dropTable', name: 'Users' })).toMatchObject([
      { sql: 'DROP TABLE "Users"', transactional: true },
    ])
  })

  test('loads the room of SQLite, whose DDL can be rolled back', async () => {
    expect(await loadDialect('sqlite')).toMatchObject({
      name: 'sqlite',
      defaultSchema: 'main',
      capabilities: { transactionalDdl: true },
    })
  })

  test('loads the room of MySQL, whose DDL commits', async () => {
    expect(await loadDialect('mysql')).toMatchObject({
      name: 'mysql',
      defaultSchema: '',
      capabilities: { transactionalDdl: false },
    })
  })

  test('names the dialects there are when another is asked for', async () => {
    await expect(loadDialect('oracle' as DialectName)).rejects.toMatchObject({
      code: 'DIALECT_UNSUPPORTED',
      facts: { dialect: 'oracle', supported: ['postgresql', 'sqlite', 'mysql'] },
    })
  })

  test.each(['sqlite', 'mysql'] as const)('says what limbeck does not do with %s', async name => {
    const dialect = await loadDialect(name)
    await expect(dialect.introspect(undefined as never)).rejects.toMatchObject({
      code: 'DIALECT_UNSUPPORTED',
      facts: { capability: 'introspect' },
    })
    await expect(loadConnection(name, { kind: 'url', url: 'x:' })).rejects.toMatchObject({
      code: 'DIALECT_UNSUPPORTED',
      facts: { capability: 'connect' },
    })
  })
})
