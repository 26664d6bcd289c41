/** What `init` did. Paths are absolute. */
export interface InitResult {
  /** The script directory. */
  readonly directory: string
  /** The config, new or as it was. */
  readonly config: string
  /** The template that was used. */
  readonly template: string
  /** What there is to know of the words that were given, in sentences. */
  readonly notes: readonly string[]
  /** Files and folders that were made. */
  readonly written: readonly string[]
  /** Files that were there already and were given a line or two. */
  readonly changed: readonly string[]
  /** What was left as it is, and why. */
  readonly skipped: readonly SkippedFile[]
  /** What to do next, in order: a command or a sentence. */
  readonly next: readonly string[]
}

/** A file that `init` left as it is. */
export interface SkippedFile {
  /** Absolute. */
  readonly path: string
  /** In words. */
  readonly reason: string
}

/** What `init` can start from. */
export interface ListTemplatesResult {
  /** By name. */
  readonly templates: readonly TemplateLine[]
}

/** A template, as it is listed. */
export interface TemplateLine {
  /** What `init --template` takes. */
  readonly name: string
  /** The first line of its README. */
  readonly description: string
}
