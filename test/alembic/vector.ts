import type { Revision } from '../../src/revisions/revision.ts'

/** One recorded situation: a graph, the rows of a database, a command, and what Alembic did. */
export interface GraphVector {
  readonly name: string
  readonly revisions: readonly VectorRevision[]
  readonly heads: readonly string[]
  readonly command: VectorCommand
  readonly expect: Answer
  readonly alternatives?: readonly Answer[]
  readonly varies?: readonly string[]
  readonly notListed?: number
  /** What is to be compared of the steps: what each changes, the rows after each, or those at the end. */
  readonly shows?: 'changes' | 'rows' | 'end'
}

export interface VectorRevision {
  readonly id: string
  readonly down: string | readonly string[] | null
  readonly dependsOn: readonly string[]
  readonly labels: readonly string[]
}

export interface VectorCommand {
  readonly kind: string
  readonly target?: string | readonly string[] | null
  readonly offline?: boolean
  readonly purge?: boolean
  readonly single?: boolean
  readonly indicateCurrent?: boolean
  readonly resolveDependencies?: boolean
  readonly checkHeads?: boolean
  readonly upper?: string | readonly string[] | null
  readonly lower?: string | readonly string[] | null
  readonly inclusive?: boolean
  readonly implicitBase?: boolean
  readonly forDowngrade?: boolean
  readonly revId?: string
  readonly head?: string
  readonly splice?: boolean
  readonly message?: string
  readonly branchLabel?: string
  readonly dependsOn?: string | readonly string[]
  /** Of a real graph: what is asked of it as a whole. */
  readonly fact?: string
}

/** An answer in the vectors' own shape: an error, or the keys that the command's kind has. */
export interface Answer {
  readonly error?: { readonly category: string; readonly phase?: string; readonly message?: string }
  readonly warnings?: readonly string[]
  readonly steps?: readonly StepAnswer[]
  readonly headsAfter?: readonly string[]
  readonly revs?: readonly (string | null)[]
  readonly [key: string]: unknown
}

export interface StepAnswer {
  readonly op: string
  readonly rev: string
  readonly deletes: readonly string[]
  readonly inserts: readonly string[]
  readonly updates: readonly (readonly [string, string])[]
  readonly from?: readonly string[]
  readonly to?: readonly string[]
}

/** The revision a file of the vector would hold. */
export function toRevision({ id, down, dependsOn, labels }: VectorRevision): Revision {
  const downRevisions = listOf(down)
  return { id, downRevisions, dependsOn, branchLabels: labels, message: '', doc: '' }
}

export function listOf(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  return typeof value === 'string' ? [value] : value
}
