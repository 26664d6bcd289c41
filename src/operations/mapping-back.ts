import type { ReplaceEnumValues } from './kinds/types.ts'

/**
 * What becomes of an enum's new values when it gets its old ones back: where old values became a new one,
 * the first of them. Undefined where none did.
 */
export function mappingBack({
  existing = [],
  mapping = {},
}: ReplaceEnumValues): Readonly<Record<string, string>> | undefined {
  const became = Object.entries(mapping).filter(
    ([from, to]) => existing.includes(from) && !existing.includes(to),
  )
  if (became.length === 0) return undefined
  return Object.fromEntries(became.reverse().map(([from, to]) => [to, from]))
}

/** Whether rows that had an old value have it again once the change is undone. */
export function comesBack(operation: ReplaceEnumValues, value: string): boolean {
  const newValue = operation.mapping?.[value]
  return newValue !== undefined && mappingBack(operation)?.[newValue] === value
}
