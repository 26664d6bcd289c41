import type { Output } from './io.ts'
import { cutTo, widthOf } from './print/cut.ts'

/**
 * A line at the end of a terminal that is written again and again in its place, and makes way for whatever
 * else is written: blanks and carriage returns are all it needs.
 */
export class StatusLine {
  readonly #terminal: Output
  readonly #outputs: readonly Output[]
  #width = 0
  #isDrawing = false
  #deaf: readonly (() => void)[] = []

  /** `others`: outputs that lead to the same terminal. */
  constructor(terminal: Output, ...others: readonly Output[]) {
    this.#terminal = terminal
    this.#outputs = [terminal, ...others.filter(({ isTerminal }) => isTerminal)]
  }

  /** Writes a text in the place of the last one. */
  show(text: string): void {
    if (this.#deaf.length === 0) this.#hear()
    // A terminal that does not know its width says 0.
    const line = cutTo(text, (this.#terminal.columns || 80) - 1)
    const width = widthOf(line)
    this.#draw(`\r${line}${' '.repeat(Math.max(this.#width - width, 0))}`)
    this.#width = width
  }

  /** Leaves the place empty for what comes next. */
  readonly clear = (): void => {
    if (this.#width === 0 || this.#isDrawing) return
    this.#draw(`\r${' '.repeat(this.#width)}\r`)
    this.#width = 0
  }

  /** Nothing more is shown. */
  end(): void {
    this.clear()
    for (const stop of this.#deaf) stop()
    this.#deaf = []
  }

  #hear(): void {
    this.#deaf = this.#outputs.flatMap(output => output.beforeWrite?.(this.clear) ?? [])
  }

  #draw(text: string): void {
    this.#isDrawing = true
    this.#terminal.write(text)
    this.#isDrawing = false
  }
}
