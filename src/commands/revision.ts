import { emptyDraft, proofNotes, proofSentences, propose } from '../autogenerate/propose.ts'
import { withComparison } from '../autogenerate/with-comparison.ts'
import { loadEnvironment } from '../environment/environment.ts'
import { openProject, type Project } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts, type Scripts } from '../environment/scripts.ts'
import { type NewRevision, placeRevision } from '../revisions/new-revision.ts'
import { draftScript, saveDraft } from '../scripts/draft.ts'
import { newRevisionId } from '../scripts/file-names.ts'
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
  const draft = await draftScript(emptyDraft(request))
  saveDraft(draft)
  return { id: request.revision.id, message: request.message, path: draft.path }
}

async function writeProposal(request: Request, allowEmpty: boolean): Promise<RevisionResult> {
  const { project, scripts } = request
  const environment = await loadEnvironment(project)
  const results: RevisionResult[] = []
  await runEnvironment({
    project,
    environment,
    work: async session => {
      const result = await withComparison(
        { project, environment, scripts, session },
        async (comparison, scratch): Promise<RevisionResult> => {
          const found = {
            id: request.revision.id,
            message: request.message,
            notModelled: notModelled(comparison),
          }
          if (comparison.diff.operations.length === 0 && !allowEmpty)
            return { ...found, path: undefined, changes: [] }
          const { dialect } = session
          const proposal = await propose({ ...request, dialect, scratch, comparison })
          saveDraft(proposal.draft)
          return {
            ...found,
            path: proposal.draft.path,
            changes: proposal.changes,
            proof: proofSentences(proposal.proof),
            notes: [
              ...comparison.diff.notes.map(note => note.message),
              ...proofNotes(proposal.proof),
            ],
            downgradeLabel: proposal.downgradeLabel,
          }
        },
      )
      results.push(result)
    },
  })
  return results[0]!
}
