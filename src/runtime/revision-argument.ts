import { LimbeckError } from '../errors.ts'
import { parseIdentifier } from '../revisions/identifier.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import { resolveRevisions, type Target } from '../revisions/resolve.ts'
import type { RevisionArgument } from './context-parts.ts'

/** Where a command goes, as ids. */
export function destinationOf(
  graph: RevisionGraph,
  argument: RevisionArgument | undefined,
): readonly string[] {
  if (argument === undefined) throw noArgument('destination')
  return idsOf(graph, argument.destination)
}

/** Where a script of `--sql` starts, as ids. */
export function startOf(
  graph: RevisionGraph,
  argument: RevisionArgument | undefined,
  startingRev: string | undefined,
): readonly string[] {
  if (argument === undefined) throw noArgument('starting revision')
  return idsOf(graph, startingRev ?? argument.start ?? 'base')
}

function idsOf(graph: RevisionGraph, target: Target): readonly string[] {
  for (const text of [target].flat()) {
    const { offset, symbol } = parseIdentifier(text, graph.names)
    if (offset !== undefined && symbol === undefined) throw relative(text)
  }
  return resolveRevisions(graph, target).map(node => node.id)
}

function noArgument(what: string): LimbeckError {
  return new LimbeckError('CONTEXT_UNAVAILABLE', `This command has no ${what}.`, {
    hint: 'upgrade, downgrade and stamp have one.',
  })
}

function relative(text: string): LimbeckError {
  return new LimbeckError(
    'CONTEXT_UNAVAILABLE',
    `Which revision ${text} means depends on where the database is, and is not known before it was asked.`,
    {
      facts: { argument: text },
      hint: 'Name the revision, or use onVersionApply, which is told of each step.',
    },
  )
}
