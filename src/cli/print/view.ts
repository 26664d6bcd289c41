import type { Colours } from '../colours.ts'

/** How a result is to be shown. */
export interface View {
  readonly isVerbose: boolean
  readonly colours: Colours
  /** Paths are shown relative to this folder where they are inside it. */
  readonly cwd: string
  /** The width of the terminal; absent where it is none. */
  readonly columns?: number | undefined
  /** The terminal shows nothing beyond ASCII. */
  readonly isAscii?: boolean | undefined
}
