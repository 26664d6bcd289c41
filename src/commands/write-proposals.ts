import { isStillProved, type Proposal } from '../autogenerate/propose.ts'
import type { Project } from '../environment/project.ts'
import { replaceFile } from '../files/replace-file.ts'
import { readWhole } from '../scripts/rewrite.ts'
import { brokenRevision } from '../scripts/write-hooks.ts'
import type { WrittenRevision } from './results/revision.ts'
import { type WrittenScript, writeScripts, writtenRevision } from './write-revisions.ts'

/** A proposal that was written, and what became of it. */
export interface HookedProposal {
  readonly revision: WrittenRevision
  /** The post-write hooks through which the proof is no longer one of this file; mostly none. */
  readonly changedBy: readonly string[]
}

/** Writes proved revisions. A hook may change what they do: then their files claim no proof. */
export async function writeProposals(
  project: Project,
  proposals: readonly Proposal[],
): Promise<HookedProposal[]> {
  const scripts = proposals.map(({ script }) => script)
  const written = await writeScripts(project, scripts)
  return Promise.all(written.map((file, index) => afterHooks(file, proposals[index]!)))
}

async function afterHooks(written: WrittenScript, proposal: Proposal): Promise<HookedProposal> {
  const { downgradeLabel } = proposal
  const revision = writtenRevision(written)
  const changedBy = written.hooks.filter(hook => hook.hasChangedFile).map(hook => hook.name)
  const isProved =
    changedBy.length === 0 ||
    (await isStillProved(written.script.revision, proposal).catch(error => {
      throw brokenRevision(changedBy, revision.path, error)
    }))
  if (isProved) return { revision: { ...revision, downgradeLabel }, changedBy: [] }
  takeLabelBack(revision.path)
  return { revision: { ...revision, downgradeLabel: 'unproved' }, changedBy }
}

/** The line of the docstring that says what was proved. */
function takeLabelBack(path: string): void {
  replaceFile(path, readWhole(path).replace(/^(.*\bDowngrade: ).*$/m, '$1unproved'))
}
