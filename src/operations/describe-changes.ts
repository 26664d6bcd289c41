import { isDeepStrictEqual } from 'node:util'
import { type Column, type DefaultValue, isExpression } from '../schema/index.ts'
import type { ColumnChanges, Privilege, SequenceChanges, TableChanges } from './operation.ts'

/** What an alterColumn does, aspect by aspect: `type varchar(255) → varchar(320), not null`. */
export function describeColumnChanges(changes: ColumnChanges, existing?: Column): string {
  const { type, notNull, newName, identity, generated, comment, ...rest } = changes
  return listed(
    type !== undefined && `type ${from(existing?.type)}${type}`,
    rest.collation !== undefined && `collation ${rest.collation ?? 'of its type'}`,
    notNull !== undefined && (notNull ? 'not null' : 'nullable'),
    rest.default !== undefined && describeDefault(rest.default),
    identity !== undefined && describeIdentity(identity, existing?.identity),
    generated !== undefined &&
      (generated ? `generated as ${shorten(generated.expression)}` : 'no longer generated'),
    rest.storage !== undefined && `storage ${rest.storage}`,
    rest.compression !== undefined && `compression ${rest.compression ?? 'default'}`,
    rest.statistics !== undefined && `statistics ${rest.statistics ?? 'default'}`,
    comment !== undefined && describeComment(comment),
    newName !== undefined && `renamed to ${newName}`,
  )
}

const from = (before: string | undefined) => (before === undefined ? '' : `${before} → `)

function describeDefault(value: DefaultValue | null): string {
  if (value === null) return 'no default'
  return `default ${isExpression(value) ? shorten(value.sql) : String(value.value)}`
}

function describeIdentity(
  identity: Column['identity'] | null,
  existing: Column['identity'],
): string {
  if (!identity) return 'no longer an identity'
  const nameless = { sequenceName: undefined }
  if (existing && isDeepStrictEqual({ ...identity, ...nameless }, { ...existing, ...nameless }))
    return 'identity with another name of its sequence'
  return `identity ${identity.always ? 'always' : 'by default'}`
}

/** What an alterTable does. */
export function describeTableChanges(changes: TableChanges): string {
  const { comment, unlogged, options, rowSecurity, replicaIdentity, tablespace, triggers } = changes
  return listed(
    unlogged !== undefined && (unlogged ? 'unlogged' : 'logged'),
    ...Object.entries(options ?? {}).map(([name, value]) => `${name} ${value ?? 'default'}`),
    tablespace !== undefined && `tablespace ${tablespace ?? 'default'}`,
    rowSecurity && `row security ${rowSecurity.enabled ? 'enabled' : 'disabled'}`,
    rowSecurity?.forced && 'forced for its owner',
    replicaIdentity !== undefined &&
      `replica identity ${typeof replicaIdentity === 'string' ? replicaIdentity : replicaIdentity.index}`,
    ...Object.entries(triggers ?? {}).map(([name, firing]) => `trigger ${name} ${firing}`),
    comment !== undefined && describeComment(comment),
  )
}

/** Privileges, and the columns they are on: `select, update (email)`. */
export function describePrivileges(
  privileges: readonly Privilege[],
  columns: readonly string[] | undefined,
): string {
  const on = columns === undefined ? '' : ` (${columns.join(', ')})`
  return `${privileges.join(', ')}${on}`
}

/** What an alterSequence does. */
export function describeSequenceChanges(changes: SequenceChanges): string {
  const { ownedBy, ...options } = changes
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return listed(
    ...given.map(([name, value]) => `${spaced(name)} ${value ?? 'default'}`),
    ownedBy !== undefined &&
      (ownedBy ? `owned by ${ownedBy.table}.${ownedBy.column}` : 'owned by none'),
  )
}

const spaced = (name: string) => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

export function describeComment(comment: string | null): string {
  return comment === null ? 'no comment' : `comment ${shorten(`'${comment}'`)}`
}

/** The beginning of a text, on one line. */
export function shorten(text: string, length: number = 60): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`
}

function listed(...aspects: readonly (string | false | undefined)[]): string {
  return aspects.filter(Boolean).join(', ') || 'nothing'
}
