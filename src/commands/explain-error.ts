import { relative } from 'node:path'
import { findInGit, type GitTrace, ignoringLine } from '../environment/git-history.ts'
import { openProject, type Project, type ProjectInput } from '../environment/project.ts'
import { amended, type LimbeckError } from '../errors.ts'
import type { LastRun } from '../runtime/ledger.ts'
import { findStray, type SoughtRevision, type StrayRevision } from '../scripts/find-stray.ts'

/** What could be found out about a revision that no file has. */
interface Whereabouts {
  readonly id: string
  readonly run?: LastRun | undefined
  readonly file?: StrayRevision | undefined
  readonly git?: GitTrace | undefined
  /** The line of a `.gitignore` that would keep its file out of git. */
  readonly ignoredBy?: string | undefined
}

/** What to say of an error: lines below its sentence, and the next step. */
interface Advice {
  readonly lines: readonly string[]
  readonly hint?: string | undefined
}

/** Says of an error about a revision that no file has where that revision may be. */
export async function explainError(
  error: LimbeckError,
  input: ProjectInput,
): Promise<LimbeckError> {
  const lost = lostIn(error)
  if (lost.length === 0) return error
  const project = await openProject({ ...input, report: undefined }).catch(() => undefined)
  if (project === undefined) return error
  const runs = error.facts.runs as Readonly<Record<string, LastRun>> | undefined
  const found: Whereabouts[] = []
  for (const sought of lost.slice(0, 3)) {
    const { id } = sought
    found.push({ id, run: runs?.[id], ...(await searchFor(sought, project)) })
  }
  return withWhereabouts(error, found, folderOf(input))
}

/** The revisions that an error is about; none where it is about something else. */
function lostIn({ code, facts }: LimbeckError): SoughtRevision[] {
  switch (code) {
    case 'DATABASE_REVISION_UNKNOWN':
      return (facts.revisions as readonly string[]).map(id => ({ id }))
    case 'REVISION_MISSING_PARENT':
      return [{ id: facts.downRevision as string }]
    case 'REVISION_MISSING_DEPENDENCY':
      return [{ id: facts.dependsOn as string }]
    case 'REVISION_NOT_FOUND': {
      const id = facts.argument as string
      return looksLikeId(id) ? [{ id, isTyped: true }] : []
    }
    default:
      return []
  }
}

/** What is no word is a slip of the keyboard, and a search would only cost time. */
const looksLikeId = (text: string): boolean => /^[\w.]{4,64}$/.test(text) && /\d/.test(text)

async function searchFor(
  sought: SoughtRevision,
  { config }: Project,
): Promise<Omit<Whereabouts, 'id' | 'run'>> {
  const { versionLocations, recursiveVersionLocations: recursive } = config
  const nearby = [config.scriptLocation, config.directory]
  const file = findStray(sought, { versionLocations, recursive, nearby })
  const git = file === undefined ? await findInGit(sought, versionLocations) : undefined
  const isUntraced = file === undefined && git === undefined && !sought.isTyped
  const ignoredBy = isUntraced ? await ignoringLine(sought.id, versionLocations[0]!) : undefined
  return { file, git, ignoredBy }
}

const folderOf = ({ cwd = process.cwd() }: ProjectInput): string => cwd

function withWhereabouts(
  error: LimbeckError,
  found: readonly Whereabouts[],
  cwd: string,
): LimbeckError {
  const advice = found.map(one => adviceOn(one, cwd))
  const lines = advice.flatMap(one => one.lines)
  if (lines.length === 0) return error
  const hint = advice.find(one => one.hint !== undefined)?.hint ?? error.hint
  const { runs: _, ...facts } = error.facts
  return amended(error, {
    message: [error.message, ...lines.map(line => `  ${line}`)].join('\n'),
    facts: { ...facts, found: found.map(factsOf) },
    hint,
  })
}

const factsOf = ({ id, run, file, git, ignoredBy }: Whereabouts) => ({
  revision: id,
  run,
  file: file && { path: file.path, reason: file.reason },
  git,
  ignoredBy,
})

function adviceOn({ run, ignoredBy, ...found }: Whereabouts, cwd: string): Advice {
  const { lines, hint } =
    ignoredBy === undefined ? foundAdvice(found, cwd) : ignoredAdvice(ignoredBy)
  return { lines: [...(run ? [runLine(found.id, run)] : []), ...lines], hint }
}

function ignoredAdvice(line: string): Advice {
  return {
    lines: [`${line} keeps such a file out of git: whoever wrote it may not have committed it.`],
    hint: 'Take that line out, and have whoever ran it commit the file.',
  }
}

function runLine(id: string, run: LastRun): string {
  const { direction, who, host, application, version, at } = run
  const what = direction === 'stamp' ? `stamped ${id}` : `ran the ${direction} of ${id}`
  return `The ledger: ${who ?? 'somebody'} ${what} on ${host} with ${application} ${version}, ${at}.`
}

function foundAdvice({ file, git }: Whereabouts, cwd: string): Advice {
  if (file) return fileAdvice(file, cwd)
  if (git?.deletion) return deletionAdvice(git)
  return git ? branchAdvice(git) : { lines: [] }
}

function fileAdvice({ id, path, reason, hint }: StrayRevision, cwd: string): Advice {
  const short = relative(cwd, path)
  return { lines: [`${short} has the id ${id}, but ${reason}.`], hint }
}

function deletionAdvice({ path, deletion, ...git }: GitTrace): Advice {
  const { commit } = deletion!
  const restore = `git checkout ${commit === undefined ? 'HEAD' : `${commit}^`} -- :/${path}`
  const deleted = commit === undefined ? 'has been deleted here' : `was deleted by ${commit}`
  return {
    lines: [`${path} ${deleted}; ${commitText(git)} had added it.`],
    hint: `Bring it back: \`${restore}\`. A revision that a database may have stays for ever.`,
  }
}

function branchAdvice({ path, branches, ...git }: GitTrace): Advice {
  const [branch = git.commit] = branches
  const place =
    branches.length === 0 ? 'In git, on no branch' : `On ${branches.slice(0, 3).join(', ')}`
  return {
    lines: [`${place}: ${path} (${commitText(git)}).`],
    hint: `Take it over: \`git merge ${branch}\`, or the file alone: \`git checkout ${branch} -- :/${path}\`.`,
  }
}

const commitText = ({ commit, author, date, subject }: Omit<GitTrace, 'path' | 'branches'>) =>
  `${commit}, ${date}, ${author}: ${subject}`
