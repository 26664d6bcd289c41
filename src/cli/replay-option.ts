import type { OptionSpec } from './command.ts'

/** What `revision --autogenerate` and `check` compare with where there is no database. */
export const replayOption = {
  type: 'boolean',
  help: 'Compare with what the revisions make in an embedded PostgreSQL: no database is needed.',
} as const satisfies OptionSpec
