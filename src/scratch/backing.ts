import type { Connection, DialectName } from '../dialects/dialect.ts'

export interface ScratchOptions {
  /** Absent: on the server of `current` if its role may create databases, else embedded. */
  readonly mode?: 'server' | 'embedded' | 'none' | { readonly url: string } | undefined
  readonly dialect: DialectName
  /** The database whose twin is wanted; `url` is absent where it is embedded. */
  readonly current?:
    | { readonly connection: Connection; readonly url?: string | undefined }
    | undefined
  /** Embedded: where what takes seconds to make is kept for the next time. */
  readonly cacheDirectory?: string | undefined
  /** Embedded: extensions that may be created; absent: all that are installed. */
  readonly extensions?: readonly string[] | undefined
  /** `{ url }`: milliseconds to wait for another process that works there; a minute by default. */
  readonly patience?: number | undefined
  /** Ends what is done in it. */
  readonly signal?: AbortSignal | undefined
  /** Is told what takes time, in a few words. */
  readonly onProgress?: ((message: string) => void) | undefined
  /** Is told every statement before it is sent. */
  readonly onStatement?: ((sql: string, parameters?: readonly unknown[]) => void) | undefined
}

/** What each kind of scratch database supplies. */
export interface Backing {
  readonly connection: Connection
  /** Called inside a rehearsal, right before its rollback, and right after it. */
  readonly beforeRollback?: (() => Promise<void>) | undefined
  readonly afterRollback?: (() => Promise<void>) | undefined
  /** Makes one more of the kind; absent where there is only this one. */
  readonly another?: (() => Promise<Backing>) | undefined
  /** Ends it, and what limbeck made with it. */
  dispose(): Promise<void>
}
