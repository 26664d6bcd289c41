import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { integer, type Op, reversed } from '../../../src/index.ts'
import { notRun } from '../../support/each-server.ts'
import { type MariadbProcess, missingMariadb, startMariadb } from '../../support/mariadb.ts'
import { forMysql } from '../written.ts'

const grants = (op: Op) => {
  op.grant(['select', 'insert'], { on: { table: 't' }, to: ['reader', "o'hara@local%"] })
  op.grant('update', { on: { table: 't' }, columns: ['a'], to: 'reader' })
  op.grant(['select', 'create'], { on: { schema: 'privileges' }, to: 'reader' })
  op.grant('execute', { on: { procedure: 'p' }, schema: 'privileges', to: 'reader' })
}

describe.skipIf(missingMariadb())('privileges in MariaDB', () => {
  let server: MariadbProcess
  beforeAll(async () => {
    server = await startMariadb()
  }, 60_000)
  afterAll(() => server.stop())

  test('are given to accounts, and taken back by the reverse', async () => {
    const database = await server.createDatabase('privileges')
    const run = async (...statements: readonly string[]): Promise<string[]> => {
      const script = statements.map(statement => `${statement};\n`).join('')
      const { stdout, stderr } = await database.run(script, ['--batch', '--skip-column-names'])
      expect(stderr).toBe('')
      return stdout
        .trim()
        .split('\n')
        .filter(line => !line.startsWith('GRANT USAGE'))
    }
    const shown = ["SHOW GRANTS FOR 'reader'", "SHOW GRANTS FOR 'o''hara'@'local%'"]
    const made = [
      ...forMysql(op => op.createTable('t', { a: integer(), b: integer() })),
      'CREATE PROCEDURE p() SELECT 1',
      "CREATE USER 'reader'",
      "CREATE USER 'o''hara'@'local%'",
    ]
    expect(await run(...made, ...forMysql(grants), ...shown)).toEqual([
      'GRANT SELECT, CREATE ON `privileges`.* TO `reader`@`%`',
      'GRANT SELECT, INSERT, UPDATE (`a`) ON `privileges`.`t` TO `reader`@`%`',
      'GRANT EXECUTE ON PROCEDURE `privileges`.`p` TO `reader`@`%`',
      "GRANT SELECT, INSERT ON `privileges`.`t` TO `o'hara`@`local%`",
    ])
    expect(await run(...forMysql(reversed(grants)), ...shown)).toEqual([])
    await database.drop()
  })
})
if (missingMariadb()) notRun('privileges in MariaDB', missingMariadb()!)

describe('privileges that mean something else in MySQL', () => {
  test.each<[string, (op: Op) => void]>([
    ['a privilege of PostgreSQL', op => op.grant('truncate', { on: { table: 't' }, to: 'a' })],
    ['all tables of a schema', op => op.grant('select', { on: { allTablesIn: 's' }, to: 'a' })],
    ['a sequence', op => op.grant('usage', { on: { sequence: 's' }, to: 'a' })],
    ['everybody', op => op.grant('select', { on: { table: 't' }, to: 'public' })],
    [
      'a grant option',
      op => op.grant('select', { on: { table: 't' }, to: 'a', withGrantOption: true }),
    ],
    ['CASCADE', op => op.revoke('select', { on: { table: 't' }, from: 'a', cascade: true })],
    ['an owner', op => op.alterOwner('table', 't', { to: 'a' })],
  ])('are refused: %s', (_, script) => {
    expect(() => forMysql(script)).toThrow(
      expect.objectContaining({
        code: 'OPERATION_UNSUPPORTED',
        hint: expect.stringMatching(/\.$/),
      }),
    )
  })
})
