import { createHash } from 'node:crypto'
import type { Operation } from './operation.ts'

/**
 * A fingerprint of recorded operations: equal when two recordings would do the same. Where an
 * operation was recorded, and keys without a value, do not count; the code of a `run` does.
 */
export function hashOperations(operations: readonly Operation[]): string {
  return hashText(stableText(operations))
}

/** Plain data, and code in it, as a text that is equal where they are. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, stableValue)
}

/** SHA-256 of a text, in hexadecimal. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function stableValue(key: string, value: unknown): unknown {
  if (key === 'location') return undefined
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return String(value)
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return sortKeys(value)
  return value
}

function sortKeys(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}
