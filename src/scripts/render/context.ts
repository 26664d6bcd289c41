import type { NamingConvention } from '../../config/config.ts'
import { changesNames, type Nameable } from '../../operations/naming.ts'
import type { QualifiedName } from '../../schema/index.ts'
import { Imports } from './imports.ts'
import { type Code, call, object } from './layout.ts'
import { plainValue, propertyOf, template, text } from './literals.ts'

/** An option of a call: a key with its code. */
export type Entry = readonly [key: string, value: Code]

export interface RenderOptions {
  /** Left out of names: it is where the connection looks for them. */
  readonly defaultSchema: string
  /** Drops do not say what was there: they undo what the same script has created. */
  readonly omitExisting?: boolean | undefined
  /** What would change names that are given: those are written as final ones. */
  readonly namingConvention?: NamingConvention | undefined
  /** For models, whose names are given as they are: the types that they declare, as columns spell them. */
  readonly declaredTypes?: ReadonlyMap<string, DeclaredType> | undefined
}

/** A type that a column may be built from by its constant. */
export interface DeclaredType {
  readonly name: string
  /** The module that exports it; absent where the code is in the same one. */
  readonly module?: string | undefined
}

/** What rendering needs to know, and the names that it has used. */
export class RenderContext {
  readonly defaultSchema: string
  readonly omitExisting: boolean
  readonly namingConvention: NamingConvention
  readonly declaredTypes: RenderOptions['declaredTypes']
  readonly #imports: Imports
  /** The columns that `t => […]` offers, by name. */
  readonly #keys: ReadonlyMap<string, string>

  constructor(
    { defaultSchema, omitExisting = false, namingConvention = {}, declaredTypes }: RenderOptions,
    imports: Imports = new Imports(),
    keys: ReadonlyMap<string, string> = new Map(),
  ) {
    this.defaultSchema = defaultSchema
    this.omitExisting = omitExisting
    this.namingConvention = namingConvention
    this.declaredTypes = declaredTypes
    this.#imports = imports
    this.#keys = keys
  }

  /** The names that the code needs. */
  get imports(): Imports {
    return this.#imports
  }

  /** The same inside `t => […]`. */
  inTable(keys: ReadonlyMap<string, string>): RenderContext {
    return new RenderContext(this, this.#imports, keys)
  }

  /** A name of limbeck or of another module, which the script then imports. */
  use(name: string, module: string = 'limbeck'): string {
    this.#imports.add(name, module)
    return name
  }

  /** A call of one of limbeck's functions. */
  call(name: string, ...items: readonly Code[]): Code {
    return call(this.use(name), ...items)
  }

  sql(sql: string): Code {
    return this.use('sql') + template(sql)
  }

  value(value: unknown): Code {
    return plainValue(value, sql => this.sql(sql))
  }

  /** A column where `t` may offer it. */
  column(name: string): Code {
    const key = this.#keys.get(name)
    return key === undefined ? text(name) : propertyOf('t', key)
  }

  /** The name of an index or a constraint, if it has one, so that no convention changes it. */
  finalName(object: Nameable): Code[] {
    const { name } = object
    if (name === undefined) return []
    if (object.hasFinalName) return [this.call('finalName', text(name))]
    const isChanged =
      this.declaredTypes === undefined && changesNames(this.namingConvention, object)
    return [isChanged ? call('op.f', text(name)) : text(name)]
  }

  /** The constant that stands for a type of the models. */
  declaredType(type: string): Code | undefined {
    const declared = this.declaredTypes?.get(type)
    if (declared === undefined) return undefined
    const { name, module } = declared
    return module === undefined ? name : this.use(name, module)
  }

  /** Whether `t` offers a column. */
  offers(name: string): boolean {
    return this.#keys.has(name)
  }

  /** The schema of an object, unless it is the default one. */
  schema(schema: string | undefined): string | undefined {
    return schema === this.defaultSchema ? undefined : schema
  }

  /** The name of another object: a text, or with its schema. */
  name({ schema, name }: QualifiedName): Code {
    const own = this.schema(schema)
    return own === undefined ? text(name) : this.value({ schema: own, name })
  }

  /** Options from plain data; those without a value are left out. */
  entries(fields: Readonly<Record<string, unknown>>): Entry[] {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined)
    return given.map(([key, value]) => [key, this.value(value)])
  }

  /** One option that names another object. */
  nameEntry(key: string, name: QualifiedName | undefined): Entry[] {
    return name === undefined ? [] : [[key, this.name(name)]]
  }

  /** One option of SQL. */
  sqlEntry(key: string, sql: string | undefined): Entry[] {
    return sql === undefined ? [] : [[key, this.sql(sql)]]
  }
}

/** The last argument of a call, if there are any options. */
export function options(entries: readonly Entry[]): Code[] {
  return entries.length === 0 ? [] : [object(entries)]
}

/** An object less some of its fields. */
export function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
  const left = Object.entries(value).filter(([key]) => !keys.includes(key as K))
  return Object.fromEntries(left) as Omit<T, K>
}
