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
    const modules = [...this.#modules.keys()].map(module => statement(module, this.of(module)))
    return modules.join('\n')
  }
}

function statement(module: string, names: readonly string[]): string {
  if (module !== 'limbeck') return layOut(['import ', braces(names), ` from ${text(module)}`], 0)
  if (names.length === 0) return "import type { Op } from 'limbeck'"
  return layOut(['import ', braces([...names, 'type Op']), " from 'limbeck'"], 0)
}
