import { resolve } from 'node:path'
import { type Environment, environmentError } from '../environment/environment.ts'
import type { Project, ProjectInput } from '../environment/project.ts'
import type { Scripts } from '../environment/scripts.ts'
import type { Operation } from '../operations/operation.ts'
import { buildGraph } from '../revisions/graph.ts'
import { placeRevision } from '../revisions/new-revision.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import type { Target } from '../revisions/resolve.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import type { RevisionDirective } from '../runtime/revision-directive.ts'
import { newRevisionId } from '../scripts/file-names.ts'
import { newScriptPath } from '../scripts/new-script-path.ts'
import type { ScriptParts } from '../scripts/script-parts.ts'
import { chooseVersionLocation } from '../scripts/version-location.ts'
import type { NewRevisionInput } from './inputs.ts'

/** A project that revisions are added to. */
export interface Addition {
  readonly project: Project
  readonly scripts: Scripts
  /** The date of every file. */
  readonly date: Date
}

/** What is asked of a new revision. */
export interface DirectiveRequest extends Omit<NewRevisionInput, keyof ProjectInput> {
  /** Where a relative `versionPath` starts; the process's folder by default. */
  readonly cwd?: string | undefined
  /** What it follows; the only head by default. */
  readonly head?: Target | undefined
}

/** What a command asks for, as a hook of env.ts gets to see it. Refuses what would break the graph. */
export function directiveOf(addition: Addition, request: DirectiveRequest): RevisionDirective {
  const { cwd = process.cwd(), message = '', splice = false, versionPath } = request
  const id = request.revId ?? newRevisionId()
  const place = placeRevision(addition.scripts.graph, { ...request, id })
  const directive = {
    revId: id,
    message,
    upgradeOperations: [],
    downRevisions: place.downRevisions,
    splice,
    branchLabels: place.branchLabels,
    dependsOn: place.dependsOn,
    versionPath: versionPath === undefined ? undefined : resolve(cwd, versionPath),
  }
  placeDirectives(addition, [directive])
  return directive
}

/** Lets the project's hook change what is about to be written. */
export async function direct(
  session: MigrationSession,
  environment: Environment,
  directives: RevisionDirective[],
): Promise<void> {
  if (session.processRevisionDirectives === undefined) return
  const { connection, versionTable } = session
  const rows = connection === undefined ? [] : await versionTable.read(connection)
  try {
    await session.processRevisionDirectives(rows, directives)
  } catch (error) {
    throw environmentError(environment, error)
  }
}

/** A revision in several that follow each other; the message of each says which part it is. */
export function chainOf(
  directive: RevisionDirective,
  revisions: readonly { readonly operations: readonly Operation[]; readonly part: string }[],
): RevisionDirective[] {
  let parent: string | undefined
  return revisions.map(({ operations, part }, position) => {
    const isOne = revisions.length === 1
    const message = isOne
      ? directive.message
      : partMessage(directive.message, part, position, revisions)
    const own = { ...directive, message, upgradeOperations: [...operations] }
    const next: RevisionDirective =
      parent === undefined
        ? own
        : {
            ...own,
            revId: newRevisionId(),
            downRevisions: [parent],
            splice: false,
            branchLabels: [],
            dependsOn: [],
          }
    parent = next.revId
    return next
  })
}

function partMessage(
  message: string,
  part: string,
  position: number,
  { length }: { readonly length: number },
): string {
  return `${message} (${position + 1} of ${length}: ${part})`.trim()
}

/** The parts of the files that directives ask for, without code; each may follow those before it. */
export function placeDirectives(
  addition: Addition,
  directives: readonly RevisionDirective[],
  template: Pick<ScriptParts, 'templateArgs' | 'tokens'> = {},
): ScriptParts[] {
  const { project, scripts, date } = addition
  const paths = new Map([...scripts.byId].map(([id, { path }]) => [id, path]))
  let { graph } = scripts
  return directives.map(directive => {
    const { revId, message, downRevisions } = directive
    const revision = placeRevision(graph, { ...directive, id: revId, head: downRevisions })
    const folder = folderOf(project, directive, paths)
    const { templateArgs, tokens } = template
    const parts = { revision, message, date, config: project.config, folder, templateArgs, tokens }
    paths.set(revId, newScriptPath(parts))
    if (directives.length > 1) graph = withRevision(graph, parts)
    return parts
  })
}

function folderOf(
  { config }: Project,
  { versionPath, downRevisions: [parent] }: RevisionDirective,
  paths: ReadonlyMap<string, string>,
): string {
  return chooseVersionLocation({
    locations: config.versionLocations,
    versionPath: versionPath === undefined ? undefined : resolve(config.directory, versionPath),
    parentPath: parent === undefined ? undefined : paths.get(parent),
  })
}

function withRevision(graph: RevisionGraph, { revision, message }: ScriptParts): RevisionGraph {
  return buildGraph([...graph.nodes.map(node => node.revision), { ...revision, message, doc: '' }])
}
