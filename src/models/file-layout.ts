import type { Table } from '../schema/index.ts'
import { type Declaration, type Declared, relationKey } from './declarations.ts'
import { hostOf } from './hosts.ts'

/** A module of models: its path from the folder of all, and what it declares. */
export interface Module {
  /** `users.ts`, `auth/sessions.ts`. */
  readonly path: string
  readonly declarations: readonly Declaration[]
}

/** The module that exports what all others do. */
export const indexModule = 'index.ts'

/** Where objects go that are not with a table: each kind has its module in its schema's folder. */
const modules: { readonly [K in Declared['kind']]?: string } = {
  schema: 'schema',
  extension: 'extensions',
  collation: 'collations',
  enum: 'enums',
  domain: 'domains',
  compositeType: 'types',
  rangeType: 'types',
  sequence: 'sequences',
  view: 'views',
  materializedView: 'views',
  routine: 'functions',
  aggregate: 'functions',
  statistics: 'statistics',
  eventTrigger: 'event-triggers',
  publication: 'publications',
  verbatim: 'verbatim',
}

/** Names that Windows keeps to itself. */
const kept = ['aux', 'con', 'nul', 'prn']

/** Names that the module of a table may not have: those of other modules. */
const reserved = new Set(['index', ...Object.values(modules), ...kept])

/**
 * Sorts declarations into modules: one for each table, with what stands on it and its partitions, and one
 * for each other kind; those of another schema than the default one in a folder.
 */
export function layOutModules(
  declarations: readonly Declaration[],
  defaultSchema: string,
): Module[] {
  const layout = new Layout(declarations, defaultSchema)
  const byPath = new Map<string, Declaration[]>()
  for (const declaration of declarations) {
    const path = `${layout.stemOf(declaration.object)}.ts`
    byPath.set(path, [...(byPath.get(path) ?? []), declaration])
  }
  const paths = [...byPath.keys()].sort()
  return paths.map(path => ({ path, declarations: byPath.get(path)! }))
}

class Layout {
  readonly #defaultSchema: string
  readonly #tables = new Map<string, Table>()
  readonly #folders = new Map<string, string>()
  readonly #stems = new Map<string, string>()

  constructor(declarations: readonly Declaration[], defaultSchema: string) {
    this.#defaultSchema = defaultSchema
    const stems = new Set<string>()
    for (const { object } of declarations) {
      if (object.kind === 'table') this.#tables.set(relationKey(object), object)
    }
    for (const table of this.#tables.values()) {
      const folder = this.#folderOf(table.schema)
      const isFree = (name: string) => !reserved.has(name) && !stems.has(folder + name)
      const stem = folder + free(kebabCase(table.name), 'table', isFree)
      stems.add(stem)
      this.#stems.set(relationKey(table), stem)
    }
  }

  /** The path of the module of an object, without its ending. */
  stemOf(object: Declared): string {
    const host = this.#tableOf(object)
    if (host !== undefined) return this.#stems.get(relationKey(this.#root(host)))!
    const schema = object.kind === 'schema' ? object.name : this.#ownSchema(object)
    return this.#folderOf(schema) + (modules[object.kind] ?? 'views')
  }

  /** The table that an object is, stands on or belongs to. */
  #tableOf(object: Declared): Table | undefined {
    const name = object.kind === 'table' ? object : hostOf(object)
    return name && this.#tables.get(relationKey(name))
  }

  /** The table that a partition is in the end a part of. */
  #root(table: Table): Table {
    const parent = table.partitionOf && this.#tables.get(relationKey(table.partitionOf.parent))
    return parent === undefined ? table : this.#root(parent)
  }

  /** Extensions belong to the database, wherever their objects are. */
  #ownSchema(object: Declared): string | undefined {
    if (object.kind === 'extension' || !('schema' in object)) return undefined
    return object.schema
  }

  #folderOf(schema: string | undefined): string {
    if (schema === undefined || schema === this.#defaultSchema) return ''
    const known = this.#folders.get(schema)
    if (known !== undefined) return known
    const others = [...kept, ...[...this.#folders.values()].map(folder => folder.slice(0, -1))]
    const folder = `${free(kebabCase(schema), 'schema', name => !others.includes(name))}/`
    this.#folders.set(schema, folder)
    return folder
  }
}

/** `order_items` → `order-items`; in lower case, since some file systems do not tell it from others. */
function kebabCase(name: string): string {
  const words = name.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1-$2').match(/[\p{L}\p{N}]+/gu) ?? []
  return words.join('-').toLowerCase()
}

function free(name: string, kind: string, isFree: (name: string) => boolean): string {
  if (name !== '' && isFree(name)) return name
  const named = [name, kind].filter(part => part !== '').join('-')
  for (let count = 1; ; count++) {
    const wish = count === 1 ? named : `${named}-${count}`
    if (isFree(wish)) return wish
  }
}
