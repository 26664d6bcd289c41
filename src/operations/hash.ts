import { createHash } from 'node:crypto'
import type { Operation, OperationKind } from './operation.ts'

/**
 * A fingerprint of recorded operations: equal when two recordings would do the same. Where an
 * operation was recorded, how long it may take, and keys without a value, do not count; the code of a
 * `run` does, since it stands in the script, and that of an operation of the project's own does not.
 */
export function hashOperations(operations: readonly Operation[]): string {
  return hashText(stableText(operations.map(withoutTimeouts)))
}

/** An operation but for how long it may take: what it does is the same. */
export function withoutTimeouts<O extends Operation>({ timeouts: _, ...operation }: O) {
  return operation
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
  // That it may be done twice changes nothing in what is done.
  if (key === 'autocommit') return Boolean(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return String(value)
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return sortKeys(value)
  return value
}

/** What an operation says beside its meaning. */
const beside: { readonly [K in OperationKind]?: string } = {
  run: 'location',
  backfill: 'location',
  custom: 'definition',
}

function sortKeys(object: object): object {
  const { kind } = object as { readonly kind?: OperationKind }
  const omitted = kind && beside[kind]
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => key !== omitted)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
