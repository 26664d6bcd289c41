import type { Footprint } from './footprint.ts'
import { type OnlineForm, type Stage, type Step, stages } from './step.ts'

/** A change in the form that it will have, and what it has to do with others. */
export interface PlannedChange {
  readonly footprint: Footprint
  readonly form: OnlineForm
  /** It rests on what the changes before it come to in the end, not only on their first step. */
  readonly isStrict: boolean
}

/** The steps of all changes, in as few rounds as their stages and their needs allow. */
export function inRounds(changes: readonly PlannedChange[]): Step[][] {
  const rounds: Step[][] = []
  const past = new Past()
  for (const { footprint, form, isStrict } of changes) {
    const first = past.before(footprint, isStrict)
    let level = first
    const levels = form.steps.map(step => {
      level = levelFrom(level, step.stage)
      rounds[level] = [...(rounds[level] ?? []), step]
      return level
    })
    past.add(footprint, { begun: levels[0] ?? first, done: level })
  }
  return rounds.filter(round => round.length > 0)
}

/** Stages follow each other in turn: every level has one. */
function levelFrom(least: number, stage: Stage): number {
  const wanted = stages.indexOf(stage)
  return least + ((wanted - (least % stages.length) + stages.length) % stages.length)
}

interface Span {
  /** Where its first step stands. */
  readonly begun: number
  /** … and its last. */
  readonly done: number
}

/** What has been given a place so far. */
class Past {
  readonly #changed = new Map<string, Span>()
  readonly #needed = new Map<string, number>()
  #barrier = 0
  #last = 0

  /** The first level at which a change may begin. */
  before({ changes, needs, isOpaque }: Footprint, isStrict: boolean): number {
    if (isOpaque) return this.#last
    const same = changes.map(id => this.#changed.get(id)?.done)
    const users = changes.map(id => this.#needed.get(id))
    const below = needs.map(id => {
      const span = this.#changed.get(id)
      return isStrict ? span?.done : span?.begun
    })
    return Math.max(this.#barrier, ...[...same, ...users, ...below].map(level => level ?? 0))
  }

  add({ changes, needs, isOpaque }: Footprint, { begun, done }: Span): void {
    this.#last = Math.max(this.#last, done)
    if (isOpaque) this.#barrier = this.#last
    for (const id of changes) {
      const known = this.#changed.get(id) ?? { begun: 0, done: 0 }
      const span = { begun: Math.max(known.begun, begun), done: Math.max(known.done, done) }
      this.#changed.set(id, span)
    }
    for (const id of needs) this.#needed.set(id, Math.max(this.#needed.get(id) ?? 0, done))
  }
}
