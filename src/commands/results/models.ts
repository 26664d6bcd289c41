/** The models that were made of a database. */
export interface ModelsResult {
  /** Which database, with the password masked. */
  readonly database: string
  /** The folder of the models, or their only file, absolute. */
  readonly output: string
  /** Whether files were written. */
  readonly isWritten: boolean
  /** By path. */
  readonly files: readonly ModelFile[]
  /** How many objects of each kind the models declare. */
  readonly declared: Readonly<Record<string, number>>
  /** Objects that are there and that no model can say, by kind and name. */
  readonly notModelled: readonly string[]
}

/** A file of models. */
export interface ModelFile {
  /** Absolute. */
  readonly path: string
  /** What it was before. */
  readonly state: 'new' | 'unchanged' | 'changed'
  /** What it says now. */
  readonly code: string
}
