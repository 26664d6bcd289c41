import type { RenameKind } from '../../operations/rename-words.ts'

/** What is said of renames from outside. */
export interface RenameAnswers {
  /** In words: `users.nick=nickname`; `none`: whatever no words name is new. */
  readonly given?: readonly string[] | undefined
  /** Values of enums that become others, in words (`status.lost=open`): they were not renamed. */
  readonly mapped?: readonly string[] | undefined
  /** Asks somebody; absent where nobody is there. */
  readonly ask?: AskRename | undefined
}

/** Asks what something new was called before: the position of a choice, or undefined where it is new. */
export type AskRename = (question: RenameQuestion) => Promise<number | undefined>

/** Something that comes, and what it may have been. */
export interface RenameQuestion {
  readonly kind: RenameKind
  /** `users.nickname`. */
  readonly name: string
  /** The likeliest first. */
  readonly choices: readonly RenameChoice[]
}

/** Something that goes, and may be what comes. */
export interface RenameChoice {
  /** `nick`. */
  readonly from: string
  /** What speaks for it, in a few words each. */
  readonly reasons: readonly string[]
}

/** A rename that was decided, or one that nobody has decided. */
export interface FoundRename {
  /** What it is about. */
  readonly kind: RenameKind
  /** `users.nick`, under the names that hold when it is done. */
  readonly from: string
  /** The new name alone. */
  readonly to: string
  /** What `--rename` takes: `users.nick=nickname`. */
  readonly words: string
  /** What speaks for it, in a few words each. */
  readonly reasons: readonly string[]
  /**
   * Who decided: words that were `given`, a `hint` of the target, an `answer` to a question, or the same
   * definition (`pair`). `open`: nobody; what it is about is dropped and created.
   */
  readonly decision: 'given' | 'hint' | 'answer' | 'pair' | 'open'
}
