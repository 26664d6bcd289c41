import type { MoveResult } from '../../commands/results/move.ts'

/** Nothing online: the steps were told while they ran. With `--sql`, the script as it is. */
export function printMove({ sql }: MoveResult): string {
  return sql ?? ''
}
