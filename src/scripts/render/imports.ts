import { braces, layOut } from './layout.ts'
import { text } from './literals.ts'

/** The names that code needs, by the module that has them. */
export class Imports {
  readonly #modules = new Map<string, Set<string>>([['limbeck', new Set()]])

  add(name: string, module: string): void {
    const names = this.#modules.get(module) ?? new Set()
    this.#modules.set(module, names.add(name))
  }

  /** The names of a module, in order. */
  of(module: string): string[] {
    return [...(this.#modules.get(module) ?? [])].sort()
  }

  /** The same with those of other code. */
  with(other: Imports): Imports {
    const both = new Imports()
    for (const imports of [this, other])
      for (const [module, names] of imports.#modules)
        for (const name of names) both.add(name, module)
    return both
  }

  /** An import of each module, with the type of `op`. */
  statements(): string {
    const own = this.of('limbeck')
    const first =
      own.length === 0
        ? "import type { Op } from 'limbeck'"
        : statement('limbeck', [...own, 'type Op'])
    return [first, ...this.#others()].join('\n')
  }

  /** An import of each module, for code without `op`. */
  plainStatements(): string {
    const own = this.of('limbeck')
    const first = own.length === 0 ? [] : [statement('limbeck', own)]
    return [...first, ...this.#others()].join('\n')
  }

  #others(): string[] {
    const modules = [...this.#modules.keys()].filter(module => module !== 'limbeck')
    return modules.map(module => statement(module, this.of(module)))
  }
}

const statement = (module: string, names: readonly string[]): string =>
  layOut(['import ', braces(names), ` from ${text(module)}`], 0)
