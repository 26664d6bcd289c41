import type { ScratchDatabase } from './scratch.ts'

/** A scratch database that is opened when somebody first needs it. */
export interface ScratchOnDemand {
  /** The database; the same one each time. */
  open(): Promise<ScratchDatabase>
  /** The database, if anybody has needed it. */
  readonly opened: ScratchDatabase | undefined
  /** Ends it, if it was opened. */
  close(): Promise<void>
}

/** Puts the opening of a scratch database off until there is no way round it. */
export function scratchOnDemand(open: () => Promise<ScratchDatabase>): ScratchOnDemand {
  let opening: Promise<ScratchDatabase> | undefined
  let opened: ScratchDatabase | undefined
  return {
    async open() {
      opening ??= open()
      opened = await opening
      return opened
    },
    get opened() {
      return opened
    },
    async close() {
      // Whoever asked for it was told why it could not be opened.
      const scratch = await opening?.catch(() => undefined)
      await scratch?.close()
    },
  }
}
