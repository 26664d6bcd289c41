import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a sequence', server => {
  const database = introspectDatabase(server)

  test.each([
    ['', {}],
    ['AS integer', { type: 'integer' }],
    ['AS smallint INCREMENT 5', { type: 'smallint', increment: 5n }],
    ['START 20 CACHE 3 CYCLE', { start: 20n, cache: 3n, cycle: true }],
    ['MINVALUE -10 MAXVALUE 100', { minValue: -10n, maxValue: 100n }],
    ['INCREMENT -1', { increment: -1n }],
    ['AS integer INCREMENT -2 MAXVALUE -5', { type: 'integer', increment: -2n, maxValue: -5n }],
    ['INCREMENT -1 MINVALUE -9 START -3', { increment: -1n, minValue: -9n, start: -3n }],
    ['MAXVALUE 9223372036854775806', { maxValue: 9223372036854775806n }],
  ])('tells what is not the default: %s', async (options, expected) => {
    const [sequence] = await database.objects(`CREATE SEQUENCE s ${options}`, 'sequence:public.s')
    expect(sequence).toStrictEqual({ kind: 'sequence', schema: 'public', name: 's', ...expected })
  })

  test('tells its owner', async () => {
    const [sequence] = await database.objects(
      `CREATE TABLE t (id integer, n integer); CREATE SEQUENCE s OWNED BY t.n;
       COMMENT ON SEQUENCE s IS 'c'`,
      'sequence:public.s',
    )
    expect(sequence).toStrictEqual({
      kind: 'sequence',
      schema: 'public',
      name: 's',
      ownedBy: { schema: 'public', table: 't', column: 'n' },
      comment: 'c',
    })
  })

  test.skipIf(server.major < 15)('may be unlogged', async () => {
    const [sequence] = await database.objects('CREATE UNLOGGED SEQUENCE s', 'sequence:public.s')
    expect(sequence).toMatchObject({ unlogged: true })
  })

  test.skipIf(server.major < 15)('that is logged unlike its table is no serial', async () => {
    const [table, sequence] = await database.objects(
      'CREATE UNLOGGED TABLE t (id serial); ALTER SEQUENCE t_id_seq SET LOGGED',
      'table:public.t',
      'sequence:public.t_id_seq',
    )
    expect(table).toMatchObject({ columns: [{ type: 'integer' }] })
    expect(sequence).toBeDefined()
  })
})
