/** Something in a declaration that had another name before. */
export interface DeclaredRename {
  readonly kind: 'table' | 'column' | 'enum' | 'enumValue'
  readonly from: string
  readonly to: string
}

const renames: unique symbol = Symbol.for('limbeck.renames') as never

/**
 * Notes on a declared table or enum what had other names. It is no part of what is declared: objects that
 * differ in this alone are equal.
 */
export function noteRenames<T extends object>(object: T, noted: readonly DeclaredRename[]): T {
  if (noted.length === 0) return object
  return Object.defineProperty(object, renames, { value: noted })
}

/** What was noted on an object. */
export function renamesOf(object: object): readonly DeclaredRename[] {
  return (Reflect.get(object, renames) as readonly DeclaredRename[] | undefined) ?? []
}
