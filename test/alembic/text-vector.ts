/** A project, a command line, and what Alembic 1.19.2 did with it. */
export interface TextVector extends TextAnswer {
  readonly name: string
  readonly graph: {
    readonly revisions: readonly TextRevision[]
    /** The version table before, in the order a SELECT gives. */
    readonly rows: readonly string[]
    /** The database of a `--sql` command; SQLite where there is none. */
    readonly url?: string
  }
  readonly argv: readonly string[]
  readonly alternatives?: readonly TextAnswer[]
  /** How many further answers there are that `alternatives` does not list. */
  readonly notListed?: number
}

/** What a command printed and did; the directory is written `<dir>`. */
export interface TextAnswer {
  readonly stdout: string
  /** `error:` or `warning:` with a category. */
  readonly stderr_category: string | null
  readonly exit: number
  /** The `Running …` lines of the log. */
  readonly log?: readonly string[]
  /** The version table afterwards, sorted. */
  readonly rowsAfter?: readonly string[]
  readonly warnings?: readonly string[]
}

export interface TextRevision {
  readonly id: string
  readonly down: string | readonly string[] | null
  readonly dependsOn: readonly string[]
  readonly labels: readonly string[]
  /** The whole docstring. */
  readonly doc: string
  /** Below the directory, ending in `.py`. */
  readonly file: string
}

export const isOffline = ({ argv }: TextVector): boolean => argv.includes('--sql')

/** Files are loaded by name. */
export const inLoadOrder = (revisions: readonly TextRevision[]): TextRevision[] =>
  revisions.toSorted((a, b) => (a.file < b.file ? -1 : 1))
