import { describe, expect, test } from 'vitest'
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

  test('names the dialects there are when another is asked for', async () => {
    await expect(loadDialect('mysql')).rejects.toMatchObject({
      code: 'DIALECT_UNSUPPORTED',
      facts: { dialect: 'mysql', supported: ['postgresql'] },
    })
  })
})
