import type { RevisionLine } from '../../../commands/results/revision-line.ts'

/** From a revision to one that it stands on. */
export interface Edge {
  readonly to: string
  /** It depends on it and does not follow it. */
  readonly isDependency: boolean
}

/** A revision of a picture, with its edges to others in the picture. */
export interface Drawn {
  readonly revision: RevisionLine
  /** Those that it follows come first. */
  readonly edges: readonly Edge[]
}

/** The revisions as a picture shows them; edges that lead out of it are left out. */
export function pictureOf(revisions: readonly RevisionLine[]): Drawn[] {
  const shown = new Set(revisions.map(({ id }) => id))
  return revisions.map(revision => {
    const { downRevisions, dependencies } = revision
    const down = downRevisions.filter(id => shown.has(id))
    const others = dependencies.filter(id => shown.has(id) && !down.includes(id))
    return {
      revision,
      edges: [
        ...unique(down).map(to => ({ to, isDependency: false })),
        ...unique(others).map(to => ({ to, isDependency: true })),
      ],
    }
  })
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]
