import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled sequences', server => {
  const database = compileDatabase(server)
  const state = async () => {
    const [row] = await database.rows(`SELECT data_type::text, start_value, min_value, max_value,
      increment_by, cycle, cache_size FROM pg_sequences WHERE sequencename = 's'`)
    return row
  }
  const usual = {
    data_type: 'bigint',
    start_value: '1',
    min_value: '1',
    max_value: '9223372036854775807',
    increment_by: '1',
    cycle: false,
    cache_size: '1',
  }

  test('have the defaults of the server', async () => {
    await database.apply(
      { kind: 'createSequence', object: { kind: 'sequence', name: 's' } },
      { kind: 'createSequence', object: { kind: 'sequence', name: 's' }, ifNotExists: true },
    )
    expect(await state()).toEqual(usual)
    await database.apply({ kind: 'dropSequence', object: { schema: 'public', name: 's' } })
    expect(await state()).toBeUndefined()
  })

  test('have every option, an owner and a comment', async () => {
    await database.run('CREATE TABLE t (id smallint)')
    await database.apply({
      kind: 'createSequence',
      object: {
        kind: 'sequence',
        schema: 'public',
        name: 's',
        type: 'smallint',
        start: -5n,
        increment: -2n,
        minValue: -100n,
        maxValue: -1n,
        cache: 3n,
        cycle: true,
        unlogged: server.major >= 15 || undefined,
        ownedBy: { schema: 'public', table: 't', column: 'id' },
        comment: 'down',
      },
    })
    expect(await state()).toEqual({
      data_type: 'smallint',
      start_value: '-5',
      min_value: '-100',
      max_value: '-1',
      increment_by: '-2',
      cycle: true,
      cache_size: '3',
    })
    expect(await database.value(`SELECT pg_get_serial_sequence('t', 'id')`)).toBe('public.s')
    expect(await database.value(`SELECT obj_description('s'::regclass)`)).toBe('down')
    expect(await database.value(`SELECT relpersistence FROM pg_class WHERE relname = 's'`)).toBe(
      server.major >= 15 ? 'u' : 'p',
    )
  })

  test('change option by option and back to the defaults', async () => {
    await database.run('CREATE SEQUENCE s; CREATE TABLE t (id bigint)')
    await database.apply({
      kind: 'alterSequence',
      name: 's',
      changes: {
        type: 'integer',
        increment: 5n,
        maxValue: 1000n,
        start: 10n,
        cache: 4n,
        cycle: true,
        ownedBy: { table: 't', column: 'id' },
      },
    })
    expect(await state()).toMatchObject({
      data_type: 'integer',
      increment_by: '5',
      max_value: '1000',
      start_value: '10',
      cache_size: '4',
      cycle: true,
    })
    await database.apply({
      kind: 'alterSequence',
      name: 's',
      changes: {
        type: null,
        increment: null,
        maxValue: null,
        minValue: null,
        start: null,
        cache: null,
        cycle: null,
        ownedBy: null,
      },
    })
    expect(await state()).toEqual(usual)
    expect(await database.value(`SELECT pg_get_serial_sequence('t', 'id')`)).toBe(null)
  })

  test('are left alone where nothing changes', async () => {
    await database.apply({ kind: 'alterSequence', name: 'no_such_sequence', changes: {} })
  })
})
