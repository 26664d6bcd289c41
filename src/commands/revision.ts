import { withoutSecrets } from '../credentials/without-secrets.ts'
import { openProject, type Project } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { amended, LimbeckError } from '../errors.ts'
import type { RevisionDirective } from '../runtime/revision-directive.ts'
import { expectReplayable } from './expect-replayable.ts'
import type { RevisionInput } from './inputs.ts'
import { type Addition, directiveOf } from './new-revisions.ts'
import type { RevisionResult } from './results/revision.ts'
import { writePlainRevision } from './write-revisions.ts'

/** Writes a new revision file: empty, or with what leads from the database to the target. */
export async function revision(input: RevisionInput): Promise<RevisionResult> {
  expectProposing(input)
  expectRenaming(input)
  if (!input.replay) return write(input)
  expectComparing(input)
  return withoutSecrets(() => write(input))
}

/** Forms are a question of what is proposed. */
function expectProposing({ online, autogenerate }: RevisionInput): void {
  if (online === undefined || autogenerate) return
  const option = online ? '--online' : '--no-online'
  throw new LimbeckError(
    'USAGE',
    `${option} says in which form changes are proposed, and none are.`,
    {
      hint: `Add --autogenerate, or leave ${option} out.`,
    },
  )
}

function expectRenaming({ renames = [], mappings = [], autogenerate }: RevisionInput): void {
  if (renames.length + mappings.length === 0 || autogenerate) return
  const option = renames.length > 0 ? '--rename' : '--map'
  throw new LimbeckError('USAGE', `${option} says what is proposed, and nothing is.`, {
    hint: 'Add --autogenerate, or leave it out.',
  })
}

async function write(input: RevisionInput): Promise<RevisionResult> {
  const { autogenerate = false, allowEmpty = false, sql = false, replay: isReplay = false } = input
  const project = await openProject(input)
  if (sql) assertOfflineHasSense(project, autogenerate)
  const addition = { project, scripts: await readScripts(project), date: new Date() }
  const directive = firstDirective(addition, input)
  if (autogenerate) {
    const { autogenerateRevision } = await import('./autogenerate-revision.ts')
    const { online: isOnline = project.config.online } = input
    const renames = { given: input.renames, ask: input.askRename }
    return autogenerateRevision({
      ...addition,
      ...{ directive, allowEmpty, isReplay, isOnline, mappings: input.mappings ?? [], renames },
    })
  }
  const [first, ...more] = await writePlainRevision(addition, directive, { sql })
  const { revId: id, message } = directive
  return { id, message, path: undefined, ...first, ...(more.length === 0 ? {} : { more }) }
}

/** What a revision is compared with matters only where something is compared. */
function expectComparing(input: RevisionInput): void {
  expectReplayable(input)
  if (input.autogenerate) return
  throw new LimbeckError('USAGE', '--replay says what is compared, and nothing is.', {
    hint: 'Add --autogenerate, or leave --replay out.',
  })
}

/** The heads that `--head` leaves open are a question of where to, not of which to run. */
function firstDirective(addition: Addition, input: RevisionInput): RevisionDirective {
  try {
    return directiveOf(addition, input)
  } catch (error) {
    if (!(error instanceof LimbeckError) || error.code !== 'MULTIPLE_HEADS') throw error
    throw amended(error, {
      hint: 'Name the one that the new revision follows with `--head ID`, or join them first: `limbeck merge heads`.',
    })
  }
}

function assertOfflineHasSense({ config }: Project, autogenerate: boolean): void {
  if (autogenerate) {
    throw new LimbeckError(
      'REVISION_OFFLINE',
      '--autogenerate compares with a database, which --sql does not connect to.',
      { hint: 'Leave one of the two out.' },
    )
  }
  if (config.revisionEnvironment) return
  throw new LimbeckError(
    'REVISION_OFFLINE',
    'revision --sql runs env.ts offline, and this project does not run env.ts to write a revision.',
    {
      facts: { config: config.path },
      hint: 'Leave --sql out, or set `revisionEnvironment: true` in the config.',
    },
  )
}
