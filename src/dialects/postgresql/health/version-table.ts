import { displayName } from '../../../schema/index.ts'
import type { HealthCheck, HealthQuestion, Verdict } from '../../health.ts'
import { quoteQualified } from '../quoting.ts'
import { type OwnTable, readOwnTable } from './own-table.ts'

/** The table of the current heads is as limbeck and Alembic make it. */
export const versionTable: HealthCheck = {
  check: 'version table',
  run: async (connection, question) => {
    const table = await readOwnTable(connection, question.versionTable)
    if (table === undefined)
      return [
        {
          status: 'note',
          message: `There is no ${displayName(question.versionTable)} yet: the first run creates it.`,
        },
      ]
    const verdicts = judge(table, question)
    if (verdicts.length > 0) return verdicts
    return [{ status: 'ok', message: `${displayName(table.name)} is as it should be.` }]
  },
}

function judge(
  { name, columns, key }: OwnTable,
  { versionTable: asked }: HealthQuestion,
): Verdict[] {
  const sql = quoteQualified(asked)
  const what = displayName(name)
  const version = columns.find(column => column.name === 'version_num')
  if (version === undefined)
    return [
      {
        status: 'problem',
        message: `${what} has no column version_num: it is not a version table.`,
        fix: 'Name another with `versionTable` in the config, or move this one out of the way.',
      },
    ]
  const others = columns.filter(column => column !== version)
  const needed = others.filter(({ isRequired }) => isRequired)
  return [
    ...(needed.length === 0
      ? []
      : [
          {
            status: 'problem' as const,
            message: `${what} has a column ${needed[0]!.name} that must have a value, which nobody gives it.`,
            fix: `ALTER TABLE ${sql} DROP COLUMN ${needed[0]!.name}; or give it a default.`,
          },
        ]),
    ...(others.length > needed.length
      ? [
          {
            status: 'note' as const,
            message: `${what} has columns beside version_num, which limbeck and Alembic pass over.`,
          },
        ]
      : []),
    ...(key.join() === 'version_num'
      ? []
      : [
          {
            status: 'warning' as const,
            message: `${what} has no primary key on version_num: nothing keeps a revision from standing there twice.`,
            fix: `ALTER TABLE ${sql} ADD PRIMARY KEY (version_num);`,
          },
        ]),
    ...(version.length !== null && version.length < 32
      ? [
          {
            status: 'warning' as const,
            message: `${what}.version_num holds ${version.length} characters, and ids may have 32.`,
            fix: `ALTER TABLE ${sql} ALTER COLUMN version_num TYPE varchar(32);`,
          },
        ]
      : []),
  ]
}
