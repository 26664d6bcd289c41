import { branches as plainBranches } from './branches.ts'
import { check as plainCheck } from './check.ts'
import { current as plainCurrent } from './current.ts'
import { doctor as plainDoctor } from './doctor.ts'
import { downgrade as plainDowngrade } from './downgrade.ts'
import { edit as plainEdit } from './edit.ts'
import { ensureVersion as plainEnsureVersion } from './ensure-version.ts'
import { explained } from './explained.ts'
import { heads as plainHeads } from './heads.ts'
import { history as plainHistory } from './history.ts'
import { merge as plainMerge } from './merge.ts'
import { models as plainModels } from './models.ts'
import { rebase as plainRebase } from './rebase.ts'
import { revision as plainRevision } from './revision.ts'
import { show as plainShow } from './show.ts'
import { stamp as plainStamp } from './stamp.ts'
import { upgrade as plainUpgrade } from './upgrade.ts'

export type {
  AskRename,
  FoundRename,
  RenameChoice,
  RenameQuestion,
} from '../autogenerate/renames/answers.ts'
export type { ProjectInput } from '../environment/project.ts'
export type { Report, RuntimeEvent } from '../runtime/events.ts'
export { init } from './init.ts'
export type * from './inputs.ts'
export { listTemplates } from './list-templates.ts'
export type * from './results/check.ts'
export type * from './results/comparison.ts'
export type * from './results/current.ts'
export type * from './results/doctor.ts'
export type * from './results/ensure-version.ts'
export type * from './results/error.ts'
export type * from './results/graph.ts'
export type * from './results/init.ts'
export type * from './results/models.ts'
export type * from './results/move.ts'
export type * from './results/revision.ts'
export type * from './results/revision-line.ts'

/** Lists the revisions that several others follow, and these. */
export const branches = explained(plainBranches)
/** Says whether autogenerate would find anything to do. Writes nothing. */
export const check = explained(plainCheck)
/** Says where the database is. Reads only: it never creates the version table. */
export const current = explained(plainCurrent)
/** Looks at everything that a run needs, and says what is wrong with it and what to do. Changes nothing. */
export const doctor = explained(plainDoctor)
/** Runs the downgrades from where the database is to a revision, which stays; `base` undoes everything. */
export const downgrade = explained(plainDowngrade)
/** Opens the files of the revisions that an identifier stands for, one after the other. */
export const edit = explained(plainEdit)
/** Creates the version table, and the ledger beside it, where they are missing. */
export const ensureVersion = explained(plainEnsureVersion)
/** Lists the revisions that nothing follows. */
export const heads = explained(plainHeads)
/** Lists revisions, newest first. The database is asked only where the request speaks of it. */
export const history = explained(plainHistory)
/** Writes a revision that joins others, once it is shown that these give the same schema in whatever order they run. */
export const merge = explained(plainMerge)
/** Writes native models that say what a database is: autogenerate finds no difference to them. */
export const models = explained(plainModels)
/** Puts one's own line of revisions, which the database does not have, behind the other head. */
export const rebase = explained(plainRebase)
/** Writes a new revision file: empty, or with what leads from the database to the target. */
export const revision = explained(plainRevision)
/** Tells everything about the revisions an identifier stands for. */
export const show = explained(plainShow)
/** Writes version rows as if the revisions had just been reached, and runs nothing. */
export const stamp = explained(plainStamp)
/** Runs the upgrades between where the database is and a revision; with `sql`, gives them as a script. */
export const upgrade = explained(plainUpgrade)
