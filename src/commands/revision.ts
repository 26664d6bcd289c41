import { proofNotes, proofSentences } from '../autogenerate/describe-proof.ts'
import { emptyScript, propose } from '../autogenerate/propose.ts'
import type { Rehearsal } from '../autogenerate/rehearsal.ts'
import { withComparison } from '../autogenerate/with-comparison.ts'
import { loadEnvironment } from '../environment/environment.ts'
import { openProject, type Project } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts, type Scripts } from '../environment/scripts.ts'
import { type NewRevision, placeRevision } from '../revisions/new-revision.ts'
import { newRevisionId } from '../scripts/file-names.ts'
import { composeScript, writeNewScript } from '../scripts/new-script.ts'
import type { RevisionInput } from './inputs.ts'
import { notModelled } from './not-modelled.ts'
import type { RevisionResult } from './results.ts'

/** What a new revision is before anything is known of its code. */
interface Request {
  readonly project: Project
  readonly scripts: Scripts
  readonly revision: NewRevision
  readonly message: string
  /** The version location that the file is for. */
  readonly folder: string
}

/** Writes a new revision file: empty, or with what leads from the database to the target. */
export async function revision(input: RevisionInput): Promise<RevisionResult> {
  const project = await openProject(input)
  const scripts = await readScripts(project)
  const request = {
    project,
    scripts,
    revision: placeRevision(scripts.graph, { id: input.revId ?? newRevisionId() }),
    message: input.message ?? '',
    folder: project.config.versionLocations[0]!,
  }
  return input.autogenerate
    ? writeProposal(request, input.allowEmpty ?? false)
    : writeEmpty(request)
}

async function writeEmpty(request: Request): Promise<RevisionResult> {
  const script = await composeScript(emptyScript(request))
  writeNewScript(script)
  return { id: request.revision.id, message: request.message, path: script.path }
}

async function writeProposal(request: Request, allowEmpty: boolean): Promise<RevisionResult> {
  const { project, scripts } = request
  const environment = await loadEnvironment(project)
  const results: RevisionResult[] = []
  await runEnvironment({
    project,
    environment,
    work: async session => {
      const { dialect } = session
      const result = await withComparison(
        { project, environment, scripts, session },
        (comparison, scratch) =>
          writeChanges(request, allowEmpty, { dialect, comparison, scratch }),
      )
      results.push(result)
    },
  })
  return results[0]!
}

async function writeChanges(
  request: Request,
  allowEmpty: boolean,
  rehearsal: Rehearsal,
): Promise<RevisionResult> {
  const { comparison } = rehearsal
  const { operations, notes } = comparison.diff
  const { message, revision } = request
  const found = { id: revision.id, message, notModelled: notModelled(comparison) }
  if (operations.length === 0 && !allowEmpty) return { ...found, path: undefined, changes: [] }
  const { script, changes, proof, downgradeLabel } = await propose({ ...request, ...rehearsal })
  writeNewScript(script)
  return {
    ...found,
    path: script.path,
    changes,
    proof: proofSentences(proof),
    notes: [...notes.map(note => note.message), ...proofNotes(proof)],
    downgradeLabel,
  }
}
