import type { MoveResult } from '../../commands/results.ts'

/** Nothing online: the steps were told while they ran. With `--sql`, the script as it is. */
export function printMove({ sql }: MoveResult): string {
  return sql ?? ''
}
