import { beforeAll, expect, test } from 'vitest'
import { record } from '../../src/operations/op.ts'
import { samples } from '../operations/samples.ts'
import { eachServer } from '../support/each-server.ts'
import { operationRoundTrips } from './operation-round-trip.ts'
import { columns } from './operations/columns.ts'
import { constraints } from './operations/constraints.ts'
import { indexes } from './operations/indexes.ts'
import type { OperationCase, OperationCases } from './operations/operation-case.ts'
import { others } from './operations/others.ts'
import { partitions } from './operations/partitions.ts'
import { privileges } from './operations/privileges.ts'
import { routines } from './operations/routines.ts'
import { rows } from './operations/rows.ts'
import { sequences } from './operations/sequences.ts'
import { tables } from './operations/tables.ts'
import { triggers } from './operations/triggers.ts'
import { types } from './operations/types.ts'
import { views } from './operations/views.ts'

const groups: Readonly<Record<string, OperationCases>> = {
  tables,
  columns,
  constraints,
  indexes,
  partitions,
  types,
  sequences,
  views,
  routines,
  triggers,
  privileges,
  rows,
  others,
}
const cases = Object.entries(groups).flatMap(([group, ofGroup]) =>
  Object.entries(ofGroup).map(([name, of]) => ({ title: `${group}: ${name}`, of })),
)

test('there is a case for every operation that becomes SQL', () => {
  const kinds = new Set<string>(cases.flatMap(({ of }) => record(of.upgrade).map(one => one.kind)))
  expect(Object.keys(samples).filter(kind => !kinds.has(kind))).toEqual([])
})

eachServer(
  'up and down again',
  ({ major, server }) => {
    const isFor = ({ requires = 0 }: OperationCase) => requires <= major
    let failures: Map<OperationCase, unknown>

    beforeAll(async () => {
      const ours = cases.map(({ of }) => of).filter(isFor)
      failures = await operationRoundTrips(await server(), ours)
    }, 300_000)

    for (const { title, of } of cases) {
      if (!isFor(of)) test.skip(`${title} — not run: it needs PostgreSQL ${of.requires} or newer`)
      else
        test(title, () => {
          const failure = failures.get(of)
          if (failure !== undefined) throw failure
        })
    }
  },
  { pgDump: true },
)
