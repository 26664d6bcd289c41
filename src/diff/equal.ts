/** Whether two plain values say the same: deep, and a key that is undefined is a key that is absent. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isObject(a) || !isObject(b)) return false
  if (Array.isArray(a) || Array.isArray(b)) return isEqualList(a, b)
  if (!isWithin(a, b)) return false
  for (const key in b) if (b[key] !== undefined && !Object.hasOwn(a, key)) return false
  return true
}

/** The value without some of its keys, for comparing the rest. */
export function without<T extends object>(value: T, ...keys: (keyof T & string)[]): object {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !(keys as string[]).includes(key)),
  )
}

type PlainObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null

function isEqualList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((item, position) => isEqual(item, b[position]))
}

function isWithin(a: PlainObject, b: PlainObject): boolean {
  for (const key in a) if (!isEqual(a[key], b[key])) return false
  return true
}
