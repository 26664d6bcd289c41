import type { SchemaObject } from '../../../schema/index.ts'

/** A row of a catalog, as dependencies name it. */
export interface CatalogAddress {
  readonly catalog: string
  readonly oid: string
}

/** The address of a row. */
export function address(catalog: string, oid: string): CatalogAddress {
  return { catalog, oid }
}

/** An object as it was read, with the catalog rows that stand for it among the dependencies. */
export interface FoundObject<O extends SchemaObject = SchemaObject> {
  readonly object: O
  readonly addresses: readonly CatalogAddress[]
}

type Present<T> = { [K in keyof T]: Exclude<T[K], null> }

/** The fields that have a value: absent is how schema objects say "the database's default". */
export function present<T extends object>(fields: T): Present<T> {
  const found: Partial<T> = {}
  for (const key in fields)
    if (fields[key] !== null && fields[key] !== undefined) found[key] = fields[key]
  return found as Present<T>
}

/** `true` or nothing: a flag is only said where it is set. */
export function flag(value: boolean | null | undefined): true | undefined {
  return value ? true : undefined
}

/** Items, or nothing where there are none. */
export function some<T>(items: readonly T[] | null | undefined): readonly T[] | undefined {
  return items?.length ? items : undefined
}

/** Storage parameters and settings as catalogs keep them (`name=value`), by name; nothing where none is set. */
export function optionsRecord(
  ...lists: readonly (readonly string[] | null)[]
): Record<string, string> | undefined {
  if (lists.every(list => list === null)) return undefined
  const entries = lists.flatMap(list => list ?? []).map(splitOption)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function splitOption(option: string): [string, string] {
  const equals = option.indexOf('=')
  return [option.slice(0, equals), option.slice(equals + 1)]
}
