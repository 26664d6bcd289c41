import type { QualifiedName } from '../schema/index.ts'
import { Names } from './describe-names.ts'
import type { OnTable, Operation } from './operation.ts'

/**
 * How people read the names that schemas, tables, columns and enums had before an ordered list of
 * operations, as far as those that it has followed have changed them.
 */
export class FormerNames extends Names {
  readonly #defaultSchema: string
  /** By present name, each kind in its own space. */
  readonly #before = new Map<string, string>()
  /** The schemas that tables were in which have moved. */
  readonly #homes = new Map<string, string | undefined>()

  constructor(defaultSchema: string) {
    super(defaultSchema)
    this.#defaultSchema = defaultSchema
  }

  override table(on: OnTable): string {
    return super.table(this.onTable(on))
  }

  override column(on: OnTable, column: string): string {
    const before = this.#find(['column', on.schema, on.table, column], column)
    return `${this.table(on)}.${before}`
  }

  enumType(name: QualifiedName): string {
    return this.of(this.onEnum(name))
  }

  /** The enum under the name that it had. */
  onEnum({ schema, name }: QualifiedName): QualifiedName {
    return { schema: this.#schema(schema), name: this.#find(['enum', schema, name], name) }
  }

  /** The table under the name that it had. */
  onTable({ schema, table }: OnTable): OnTable {
    const path = ['table', schema, table] as const
    const home = this.#homes.has(this.#key(path)) ? this.#homes.get(this.#key(path)) : schema
    return { schema: this.#schema(home), table: this.#find(path, table) }
  }

  follow(operation: Operation): void {
    switch (operation.kind) {
      case 'renameTable': {
        const { schema, name, newName, newSchema = schema } = operation
        const [from, to] = [
          ['table', schema, name] as const,
          ['table', newSchema, newName] as const,
        ]
        const home = this.#homes.has(this.#key(from)) ? this.#homes.get(this.#key(from)) : schema
        this.#homes.delete(this.#key(from))
        if (home !== newSchema) this.#homes.set(this.#key(to), home)
        this.#move(from, to, name)
        this.#moveWithin(['column', schema, name], ['column', newSchema, newName])
        break
      }
      case 'alterColumn': {
        const { schema, table, column, changes } = operation
        const path = ['column', schema, table] as const
        if (changes.newName !== undefined)
          this.#move([...path, column], [...path, changes.newName], column)
        break
      }
      case 'renameObject': {
        const { object, newName } = operation
        const { kind, name = '' } = object
        if (kind === 'enum')
          this.#move([kind, object.schema, name], [kind, object.schema, newName], name)
        if (kind !== 'schema') break
        this.#move([kind, name], [kind, newName], name)
        for (const space of ['table', 'column', 'enum'])
          this.#moveWithin([space, name], [space, newName])
      }
    }
  }

  #schema(schema: string | undefined): string | undefined {
    return schema === undefined ? undefined : this.#find(['schema', schema], schema)
  }

  #find(path: Path, name: string): string {
    return this.#before.get(this.#key(path)) ?? name
  }

  #move(from: Path, to: Path, name: string): void {
    const before = this.#find(from, name)
    this.#before.delete(this.#key(from))
    this.#before.set(this.#key(to), before)
  }

  /** What belongs to something goes along with it. */
  #moveWithin(from: Path, to: Path): void {
    const start = `${this.#key(from)}\n`
    for (const [key, before] of [...this.#before]) {
      if (!key.startsWith(start)) continue
      this.#before.delete(key)
      this.#before.set(`${this.#key(to)}\n${key.slice(start.length)}`, before)
    }
  }

  #key([space, ...names]: Path): string {
    return [space, ...names.map(name => JSON.stringify(name ?? this.#defaultSchema))].join('\n')
  }
}

type Path = readonly [space: string, ...names: (string | undefined)[]]
