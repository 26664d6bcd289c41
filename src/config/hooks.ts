/** A step of a run, as hooks are told of it. */
export interface HookRevision {
  /** Its id. */
  readonly revision: string
  /** Whether its upgrade or its downgrade runs, or only its row is written. */
  readonly direction: 'upgrade' | 'downgrade' | 'stamp'
  /** The revisions before; none at base. */
  readonly from: readonly string[]
  /** The revisions after. */
  readonly to: readonly string[]
  /** The first paragraph of its docstring. */
  readonly message: string
}

/** A run that has something to do, as hooks are told of it. */
export interface HookRun {
  /** Which database, with the password masked. */
  readonly database: string
  /** Where it is when the run begins: the version rows, none at base. */
  readonly from: readonly string[]
  /** Where the run leads. */
  readonly to: readonly string[]
  /** What it runs, in order; none where version rows alone are taken away. */
  readonly revisions: readonly HookRevision[]
}

/** Something that is done, with how long it took. */
type Done<T> = T & { readonly milliseconds: number }

/**
 * Functions of the project that are told of a run, and awaited. What one throws ends the run; before a
 * commit, what was done since the last one is rolled back.
 */
export interface Hooks {
  /** Before anything is done. */
  readonly beforeRun?: ((run: HookRun) => void | Promise<void>) | undefined
  /** In the transaction of each revision, before its first statement. */
  readonly beforeRevision?: ((revision: HookRevision) => void | Promise<void>) | undefined
  /** In the transaction of each revision, when its version rows are written. */
  readonly afterRevision?: ((revision: Done<HookRevision>) => void | Promise<void>) | undefined
  /** When everything is done and committed. */
  readonly afterRun?: ((run: Done<HookRun>) => void | Promise<void>) | undefined
  /** When a run has failed; the error is told all the same. */
  readonly onError?: ((failure: HookFailure) => void | Promise<void>) | undefined
}

/** A run that has failed. */
export interface HookFailure extends HookRun {
  /** Usually a `LimbeckError`, whose `facts` say which revisions stay. */
  readonly error: unknown
}
