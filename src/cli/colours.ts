import picocolors from 'picocolors'
import type { Io, Output } from './io.ts'

/** Paints words; on anything but a terminal it leaves them as they are. */
export type Colours = ReturnType<typeof picocolors.createColors>

/** The colours for one output: a terminal that nobody asked to keep plain. */
export function coloursFor({ isTerminal }: Output, { NO_COLOR, TERM }: Io['env']): Colours {
  return picocolors.createColors(isTerminal && !NO_COLOR && TERM !== 'dumb')
}
