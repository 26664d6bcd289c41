import type { Colours } from '../colours.ts'

/** How a result is to be shown. */
export interface View {
  readonly isVerbose: boolean
  readonly colours: Colours
  /** Paths are shown relative to this folder where they are inside it. */
  readonly cwd: string
}
