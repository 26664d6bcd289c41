import type { ReplayResult } from '../../commands/results/comparison.ts'
import { shownPath } from './paths.ts'
import type { View } from './view.ts'

/** ` except run at migrations/versions/32cc_x.ts:12:3`, where code of the revisions was not called. */
export function exceptCode(replay: ReplayResult | undefined, { cwd }: View): string {
  const places = replay?.notCalled.map(place => shownPath(place, cwd)) ?? []
  return places.length === 0 ? '' : ` except run at ${places.join(', ')}`
}
