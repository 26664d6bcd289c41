import { type ErrorCode, LimbeckError } from '../errors.ts'
import type { RevisionNode } from './nodes.ts'
import { headFacts } from './several-heads.ts'
import { revisionLine } from './spoken-revision.ts'

const idsOf = (nodes: Iterable<RevisionNode>) => [...nodes].map(node => node.id)

/** There are no two lines. */
export function oneHeadError(
  head: RevisionNode | undefined,
  verb: 'merge' | 'rebase',
): LimbeckError {
  const sentence = head ? `Revision ${head.id} is the only head` : 'There are no revisions'
  return new LimbeckError('BRANCHES_JOINED', `${sentence}: there is nothing to ${verb}.`, {
    facts: { heads: idsOf(head ? [head] : []) },
    hint: '`limbeck heads` lists the revisions that nothing follows.',
  })
}

/** The revision is no line of its own beside the other. */
export function alreadyBelowError(own: RevisionNode, onto: RevisionNode): LimbeckError {
  const sentence =
    own === onto
      ? `Revision ${own.id} cannot follow itself`
      : `Revision ${onto.id} comes after ${own.id} already`
  return new LimbeckError('BRANCHES_JOINED', `${sentence}: there is nothing to rebase.`, {
    facts: { revision: own.id, onto: onto.id },
    hint: '`limbeck heads` lists the revisions that nothing follows.',
  })
}

/** The revision named as one's own belongs to every line. */
export function wholeLineSharedError(
  own: RevisionNode,
  heads: readonly RevisionNode[],
): LimbeckError {
  return new LimbeckError(
    'BRANCHES_JOINED',
    `Revision ${own.id} is below every head: it belongs to no line alone.`,
    {
      facts: { revision: own.id, heads: idsOf(heads) },
      hint: `Name the head that is yours: ${idsOf(heads).join(' or ')}.`,
    },
  )
}

/** Several heads could be meant; `own` is what was named of them. */
export function whichError(heads: readonly RevisionNode[], own?: RevisionNode): LimbeckError {
  const question = own
    ? `Revision ${own.id} could follow each of ${heads.length} heads`
    : `Each of ${heads.length} heads could be the one to rebase`
  const example = own
    ? `limbeck rebase ${own.id} --onto ${heads.at(-1)!.id}`
    : `limbeck rebase ${heads.at(-1)!.id}${heads.length > 2 ? ` --onto ${heads[0]!.id}` : ''}`
  return new LimbeckError(
    'MULTIPLE_HEADS',
    [`${question}:`, ...heads.map(head => `  ${revisionLine(head)}`)].join('\n'),
    {
      facts: { revision: own?.id, heads: heads.map(headFacts) },
      hint: `${own ? 'Name the one that it shall follow' : 'Name the one that is yours'}: \`${example}\`.`,
    },
  )
}

/** The database has all lines, so that none of them can be moved. */
export function bothAppliedError(heads: readonly RevisionNode[]): LimbeckError {
  const ids = idsOf(heads)
  return new LimbeckError(
    'REBASE_APPLIED',
    `Each of the lines of ${ids.join(', ')} has been applied in this database.`,
    { facts: { heads: ids }, hint: `Join them: \`limbeck merge ${ids.join(' ')}\`.` },
  )
}

/** Of the line to move, these have been applied. */
export function appliedError(applied: readonly RevisionNode[], first: RevisionNode): LimbeckError {
  const tip = applied.find(node => !node.nextRevisions.some(next => applied.includes(next)))!
  const below = first.downRevisions[0]?.id ?? 'base'
  const ids = idsOf(applied).reverse()
  return new LimbeckError(
    'REBASE_APPLIED',
    `${ids.length > 1 ? `Revisions ${ids.join(', ')} have` : `Revision ${ids[0]} has`} been applied in this database, which would then be taken to have the other line too.`,
    {
      facts: { revision: first.id, applied: ids },
      hint: `Undo that first: \`limbeck downgrade ${tip.id}@${below}\`. Where others have it too, join the lines with \`limbeck merge\`.`,
    },
  )
}

/** The two lines have nothing in common, so that moving one has to be asked for by name. */
export function noSharedRevisionError(own: RevisionNode, onto: RevisionNode): LimbeckError {
  return impossible(
    `The lines of ${own.id} and ${onto.id} share no revision: each has a base of its own.`,
    { revision: own.id, onto: onto.id },
    `If they shall be one line, name the one to move: \`limbeck rebase ${own.id}\`.`,
  )
}

/** The line to move joins several lines that the other does not have. */
export function severalBeginningsError(
  own: RevisionNode,
  beginnings: readonly RevisionNode[],
): LimbeckError {
  const ids = idsOf(beginnings)
  return impossible(
    `The line of ${own.id} has several beginnings, ${ids.join(' and ')}, and only one could follow the other line.`,
    { revision: own.id, beginnings: ids },
  )
}

/** A revision of the line to move follows one of the other line as well. */
export function joinsOtherLineError(
  joint: RevisionNode,
  others: readonly RevisionNode[],
): LimbeckError {
  const ids = idsOf(others)
  return impossible(
    `Revision ${joint.id} has joined its line with ${ids.join(', ')} already, so the line cannot be put behind that.`,
    { revision: joint.id, joins: ids },
  )
}

/** What the line would follow depends on the line. */
export function dependedOnError(dependent: RevisionNode, first: RevisionNode): LimbeckError {
  return impossible(
    `Revision ${dependent.id} of the other line depends on the line of ${first.id}, which therefore cannot come after it.`,
    { revision: first.id, dependent: dependent.id },
    `Move the other line instead, or join them: \`limbeck merge\`.`,
  )
}

function impossible(
  sentence: string,
  facts: Readonly<Record<string, unknown>>,
  hint = 'Join the lines: `limbeck merge`.',
): LimbeckError {
  const code: ErrorCode = 'REBASE_IMPOSSIBLE'
  return new LimbeckError(code, sentence, { facts, hint })
}
