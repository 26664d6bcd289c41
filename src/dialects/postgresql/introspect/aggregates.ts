import type { Aggregate } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, functionName, operatorName } from './catalog-query.ts'
import { address, type FoundObject, present } from './found-object.ts'
import { argumentTypes, isOwnFunction, signature } from './routines.ts'
import { shortType } from './short-type.ts'

type Modifies = 'r' | 's' | 'w'

interface AggregateRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly kind: 'n' | 'o' | 'h'
  readonly argumentTypes: readonly string[] | null
  readonly arguments: string
  readonly parallel: 's' | 'r' | 'u'
  readonly sfunc: string
  readonly stype: string
  readonly sspace: number
  readonly finalfunc: string | null
  readonly finalfuncExtra: boolean
  readonly finalfuncModify: Modifies
  readonly combinefunc: string | null
  readonly serialfunc: string | null
  readonly deserialfunc: string | null
  readonly initcond: string | null
  readonly msfunc: string | null
  readonly minvfunc: string | null
  readonly mstype: string | null
  readonly msspace: number
  readonly mfinalfunc: string | null
  readonly mfinalfuncExtra: boolean
  readonly mfinalfuncModify: Modifies
  readonly minitcond: string | null
  readonly sortop: string | null
  readonly comment: string | null
}

export const aggregatesQuery: CatalogQuery<AggregateRow> = () => `
  select p.oid, n.nspname as schema, p.proname as name, a.aggkind as kind,
    ${argumentTypes} as "argumentTypes", pg_get_function_arguments(p.oid) as arguments,
    p.proparallel as parallel, ${functionName('a.aggtransfn')} as sfunc,
    format_type(a.aggtranstype, null) as stype, a.aggtransspace as sspace,
    ${functionName('a.aggfinalfn')} as finalfunc, a.aggfinalextra as "finalfuncExtra",
    a.aggfinalmodify as "finalfuncModify", ${functionName('a.aggcombinefn')} as combinefunc,
    ${functionName('a.aggserialfn')} as serialfunc, ${functionName('a.aggdeserialfn')} as deserialfunc,
    quote_literal(a.agginitval) as initcond, ${functionName('a.aggmtransfn')} as msfunc,
    ${functionName('a.aggminvtransfn')} as minvfunc,
    case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end as mstype,
    a.aggmtransspace as msspace, ${functionName('a.aggmfinalfn')} as mfinalfunc,
    a.aggmfinalextra as "mfinalfuncExtra", a.aggmfinalmodify as "mfinalfuncModify",
    quote_literal(a.aggminitval) as minitcond, ${operatorName('a.aggsortop')} as sortop,
    ${commentOf('pg_proc', 'p.oid')} as comment
  from pg_aggregate a
  join pg_proc p on p.oid = a.aggfnoid
  join pg_namespace n on n.oid = p.pronamespace
  where ${isOwnFunction}`

export function readAggregates(rows: readonly AggregateRow[]): FoundObject<Aggregate>[] {
  return rows.map(row => ({
    object: present({
      kind: 'aggregate' as const,
      schema: row.schema,
      name: row.name,
      signature: signature(row.argumentTypes) || '*',
      arguments: row.arguments || '*',
      options: aggregateOptions(row),
      comment: row.comment,
    }),
    addresses: [address('pg_proc', row.oid)],
  }))
}

const modifies = { r: 'READ_ONLY', s: 'SHAREABLE', w: 'READ_WRITE' } as const
const parallels = { s: 'SAFE', r: 'RESTRICTED', u: null } as const

/** What is said by a word alone has the empty text for its value. */
function aggregateOptions(row: AggregateRow): Record<string, string> {
  const whenSet = (isSet: boolean) => (isSet ? '' : null)
  const size = (bytes: number) => (bytes === 0 ? null : String(bytes))
  // A final function of an ordered set may keep what it sorted, the others read only.
  const usual = row.kind === 'n' ? 'r' : 'w'
  const modify = (func: string | null, how: Modifies) =>
    func === null || how === usual ? null : modifies[how]
  return present({
    SFUNC: row.sfunc,
    STYPE: shortType(row.stype),
    SSPACE: size(row.sspace),
    FINALFUNC: row.finalfunc,
    FINALFUNC_EXTRA: whenSet(row.finalfuncExtra),
    FINALFUNC_MODIFY: modify(row.finalfunc, row.finalfuncModify),
    COMBINEFUNC: row.combinefunc,
    SERIALFUNC: row.serialfunc,
    DESERIALFUNC: row.deserialfunc,
    INITCOND: row.initcond,
    MSFUNC: row.msfunc,
    MINVFUNC: row.minvfunc,
    MSTYPE: row.mstype && shortType(row.mstype),
    MSSPACE: size(row.msspace),
    MFINALFUNC: row.mfinalfunc,
    MFINALFUNC_EXTRA: whenSet(row.mfinalfuncExtra),
    MFINALFUNC_MODIFY: modify(row.mfinalfunc, row.mfinalfuncModify),
    MINITCOND: row.minitcond,
    SORTOP: row.sortop,
    PARALLEL: parallels[row.parallel],
    HYPOTHETICAL: whenSet(row.kind === 'h'),
  })
}
