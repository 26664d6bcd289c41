import type { CliCommand } from './command.ts'
import { branches } from './commands/branches.ts'
import { check } from './commands/check.ts'
import { current } from './commands/current.ts'
import { doctor } from './commands/doctor.ts'
import { downgrade } from './commands/downgrade.ts'
import { edit } from './commands/edit.ts'
import { ensureVersion } from './commands/ensure-version.ts'
import { heads } from './commands/heads.ts'
import { history } from './commands/history.ts'
import { init } from './commands/init.ts'
import { listTemplates } from './commands/list-templates.ts'
import { merge } from './commands/merge.ts'
import { models } from './commands/models.ts'
import { rebase } from './commands/rebase.ts'
import { revision } from './commands/revision.ts'
import { show } from './commands/show.ts'
import { stamp } from './commands/stamp.ts'
import { upgrade } from './commands/upgrade.ts'

/** Every command, in the order of the help. */
export const commands: readonly CliCommand[] = [
  init,
  models,
  revision,
  merge,
  rebase,
  upgrade,
  downgrade,
  stamp,
  current,
  history,
  heads,
  branches,
  show,
  edit,
  check,
  doctor,
  ensureVersion,
  listTemplates,
]
