import type { Step } from '../revisions/plan.ts'
import type { RecordedStep } from './recorded-step.ts'

/** The steps of a plan while their scripts are loaded and recorded. */
export class Recording {
  /** What is to be recorded. */
  readonly steps: readonly Step[]
  /** All of them; fails with what is wrong with the first script that cannot be loaded. */
  readonly all: Promise<readonly RecordedStep[]>
  readonly #recorded: RecordedStep[] = []
  #isDone = false
  #wake = () => {}

  constructor(steps: readonly Step[], batches: AsyncIterable<readonly RecordedStep[]>) {
    this.steps = steps
    this.all = this.#take(batches)
    // Whoever needs them tells of a failure.
    this.all.catch(() => {})
  }

  /** Nothing is left to wait for. */
  get isDone(): boolean {
    return this.#isDone
  }

  /** Those after the first so many; waits until there are some, or no more are to come. */
  async after(count: number): Promise<readonly RecordedStep[]> {
    while (this.#recorded.length <= count && !this.#isDone) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    return this.#recorded.slice(count)
  }

  async #take(batches: AsyncIterable<readonly RecordedStep[]>): Promise<readonly RecordedStep[]> {
    try {
      for await (const batch of batches) {
        this.#recorded.push(...batch)
        this.#wake()
      }
      return this.#recorded
    } finally {
      this.#isDone = true
      this.#wake()
    }
  }
}
