/** Rows of the first batch where nothing else is said. */
const firstRows = 1000
/** Milliseconds a batch should take: short for those who wait for its locks, long beside its round trips. */
const usualMilliseconds = 300
/** A batch of more would be felt in memory and in the log of a replica. */
const mostRows = 200_000

/** How many rows a batch has: as many as a given time has been enough for. */
export class BatchSize {
  #rows: number
  readonly #milliseconds: number

  constructor({
    batchSize = firstRows,
    batchTime = usualMilliseconds,
  }: { readonly batchSize?: number | undefined; readonly batchTime?: number | undefined } = {}) {
    this.#rows = Math.round(batchSize)
    this.#milliseconds = batchTime
  }

  get rows(): number {
    return this.#rows
  }

  /** A batch has taken so long. One that was slow by accident does not change much. */
  adapt(milliseconds: number): void {
    const factor = this.#milliseconds / Math.max(milliseconds, 1)
    this.#set(this.#rows * Math.min(2, Math.max(0.5, factor)))
  }

  /** A batch met somebody else's locks. */
  halve(): void {
    this.#set(this.#rows / 2)
  }

  #set(rows: number): void {
    this.#rows = Math.max(1, Math.min(mostRows, Math.round(rows)))
  }
}
