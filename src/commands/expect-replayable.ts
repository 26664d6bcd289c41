import type { ProjectInput } from '../environment/project.ts'
import { LimbeckError } from '../errors.ts'

/** Refuses a database where there is to be none. */
export function expectReplayable({ url }: ProjectInput): void {
  if (url === undefined) return
  throw new LimbeckError(
    'USAGE',
    '--replay compares with what the revisions make, and --url names a database.',
    { hint: 'Leave one of the two out.' },
  )
}
