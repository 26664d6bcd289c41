import type {
  EnsureVersionDatabase,
  EnsureVersionResult,
} from '../../commands/results/ensure-version.ts'

/** What was created; with `--sql`, the script as it is. */
export function printEnsureVersion(result: EnsureVersionResult): string {
  if (result.sql !== undefined) return result.sql
  return (result.databases ?? [result]).map(lineOf).join('')
}

function lineOf({ tables, created = [] }: EnsureVersionDatabase): string {
  return created.length > 0
    ? `Created ${created.join(' and ')}.\n`
    : `${tables.join(' and ')} are there already.\n`
}
