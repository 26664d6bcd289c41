/** Freezes plain data all the way down; maps keep their read-only type. What is frozen already was made here. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (value instanceof Map) for (const part of value.values()) frozen(part)
  else if (Array.isArray(value)) for (const part of value) frozen(part)
  else for (const key in value) frozen(value[key])
  return Object.freeze(value)
}
