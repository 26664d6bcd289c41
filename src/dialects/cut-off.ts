/** What the database shows of a statement that ran outside of transactions and whose end nobody has seen. */
export type CutOff =
  | { readonly state: 'done' }
  /** Not done; `repair` takes away, or completes, what it has left half done. */
  | { readonly state: 'notDone'; readonly repair?: Repair | undefined }
  /** It leaves no mark by which that could be told. */
  | { readonly state: 'unknown' }

/** What brings a statement that is half done to an end. */
export interface Repair {
  /** Each outside of transactions. */
  readonly statements: readonly string[]
  /** What they do, in a sentence. */
  readonly message: string
  /** The statement is done with that; else it is to be run anew. */
  readonly completes: boolean
}
