import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { managedKinds } from '../../src/config/managed-kinds.ts'
import { findCases, missingFor } from '../round-trip/find-cases.ts'
import { eachServer } from '../support/each-server.ts'
import { modelsTrip } from './models-trip.ts'

const cases = findCases(fileURLToPath(new URL('cases', import.meta.url)))
const caseOf = (name: string) => cases.find(found => found.name === name)!

/** On every server there is what differs between them; the rest is the same everywhere. */
const everywhere = ['every-kind', 'not-null-names']

eachServer(
  'models of a database',
  ({ major, server }) => {
    const own = cases.filter(({ name }) => major === 15 || everywhere.includes(name))
    for (const modelsCase of own.filter(found => missingFor(found, major) === undefined))
      test(`say what it is: ${modelsCase.name}`, async () => {
        await modelsTrip(await server(), modelsCase)
      })
    if (major !== 15) return

    test('leave out no kind of object', async () => {
      const { declared, notModelled } = await modelsTrip(await server(), caseOf('every-kind'))
      const kinds = [...Object.values(managedKinds), 'constraint', 'index', 'verbatim']
      // None comes with every server but plpgsql, which dumps leave out: the tests of the command have it.
      const expected = kinds.filter(kind => kind !== 'extension')
      expect(Object.keys(declared)).toEqual(expect.arrayContaining(expected))
      expect(notModelled).toEqual([])
    })

    test('say a check that partitions have from their parent once', async () => {
      const { files } = await modelsTrip(await server(), caseOf('partitions'))
      const code = files.map(file => file.code).join('')
      expect(code.match(/level >= 0/g)).toHaveLength(1)
    })

    test('are one file where that is asked for', async () => {
      const { files } = await modelsTrip(await server(), caseOf('same-names'), { singleFile: true })
      expect(files).toHaveLength(1)
    })

    test('keep the names under a naming convention that makes others', async () => {
      const namingConvention = {
        pk: 'pk_%(table_name)s',
        uq: '%(table_name)s_%(column_0_name)s_key',
        ck: '%(table_name)s_%(constraint_name)s',
        fk: 'fk_%(constraint_name)s',
        ix: 'ix_%(column_0_label)s',
      }
      await modelsTrip(await server(), caseOf('names'), { config: { namingConvention } })
      await modelsTrip(await server(), caseOf('keys-twice'), { config: { namingConvention } })
    })
  },
  { pgDump: true },
)
