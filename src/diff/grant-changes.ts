import type { ObjectGrant, Privilege } from '../schema/index.ts'
import { grouped } from '../text/grouped.ts'

/** Privileges that some roles get, or lose. */
export interface GrantChange {
  readonly privileges: readonly Privilege[]
  readonly columns?: readonly string[] | undefined
  /** undefined: the owner. */
  readonly roles: readonly (string | undefined)[]
  readonly withGrantOption?: true | undefined
}

interface Granted {
  readonly grants: readonly ObjectGrant[]
}

/**
 * What is revoked before an object gets its new owner, and what is granted after that; each undoes the
 * other.
 */
export function grantChanges(
  from: Granted,
  to: Granted,
): { readonly gone: GrantChange[]; readonly come: GrantChange[] } {
  const before = byHolder(from.grants)
  const after = byHolder(to.grants)
  const isAnew = columnsAnew(from, to)
  const gone: ObjectGrant[] = []
  const come: ObjectGrant[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)]
    const isWhole = isAnew(was ?? is!) || isAll(was) || isAll(is)
    if (samePrivileges(was, is) && !isAnew(was ?? is!)) continue
    gone.push(...without(was, isWhole ? undefined : is))
    come.push(...without(is, isWhole ? undefined : was))
  }
  return { gone: together(gone, columnsFirst), come: together(come, columnsLast) }
}

/** Columns of which everything is granted anew: what is revoked on the whole table is revoked on them too. */
function columnsAnew(from: Granted, to: Granted): (grant: ObjectGrant) => boolean {
  const after = byHolder(to.grants)
  const losing = new Set(
    from.grants
      .filter(grant => grant.column === undefined)
      .filter(grant => isLessened(grant, after.get(keyOf(grant))))
      .map(({ to: holder }) => holder),
  )
  return grant => grant.column !== undefined && losing.has(grant.to)
}

const keyOf = ({ to, column, withGrantOption }: ObjectGrant): string =>
  JSON.stringify([to ?? null, column ?? null, withGrantOption ?? false])

const byHolder = (grants: readonly ObjectGrant[]): Map<string, ObjectGrant> =>
  new Map(grants.map(grant => [keyOf(grant), grant]))

const samePrivileges = (a: ObjectGrant | undefined, b: ObjectGrant | undefined): boolean =>
  a?.privileges.join() === b?.privileges.join()

const isAll = (grant: ObjectGrant | undefined): boolean =>
  grant?.privileges.includes('all') ?? false

const isLessened = (grant: ObjectGrant, after: ObjectGrant | undefined): boolean =>
  !samePrivileges(grant, after) && (isAll(after) || without(grant, after).length > 0)

/** A grant without the privileges of another one; nothing where none are left. */
function without(grant: ObjectGrant | undefined, other: ObjectGrant | undefined): ObjectGrant[] {
  const privileges = grant?.privileges.filter(word => !other?.privileges.includes(word)) ?? []
  return grant && privileges.length > 0 ? [{ ...grant, privileges }] : []
}

const columnsFirst = (change: GrantChange): number => (change.columns ? 0 : 1)
const columnsLast = (change: GrantChange): number => (change.columns ? 1 : 0)

/** Grants that say the same of several columns, or to several roles, as one. */
function together(
  grants: readonly ObjectGrant[],
  rank: (change: GrantChange) => number,
): GrantChange[] {
  const ofColumns = grouped(grants, ({ column, ...rest }) =>
    JSON.stringify([column === undefined, rest]),
  )
  const lists = ofColumns.map(group => ({
    ...group[0]!,
    columns: group.flatMap(({ column }) => column ?? []),
  }))
  return grouped(lists, ({ to: _, column: __, ...rest }) => JSON.stringify(rest))
    .map(group => {
      const { privileges, columns, withGrantOption } = group[0]!
      return {
        privileges,
        ...(columns.length > 0 && { columns }),
        roles: group.map(({ to }) => to),
        ...(withGrantOption && { withGrantOption }),
      }
    })
    .sort((a, b) => rank(a) - rank(b))
}
