import type { Routine } from '../../../schema/index.ts'
import { stringLiteral } from '../quoting.ts'
import {
  type CatalogQuery,
  commentOf,
  functionName,
  isOwnObject,
  isUserSchema,
} from './catalog-query.ts'
import { address, type FoundObject, flag, optionsRecord, present, some } from './found-object.ts'
import { shortType } from './short-type.ts'
import { isOfBaseType } from './verbatim/base-types.ts'

interface RoutineRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly kind: 'f' | 'p' | 'w'
  readonly argumentTypes: readonly string[] | null
  readonly arguments: string
  readonly result: string | null
  readonly language: string
  readonly source: string
  readonly libraryFile: string | null
  readonly sqlBody: string | null
  readonly volatility: 'i' | 's' | 'v'
  readonly strict: boolean
  readonly securityDefiner: boolean
  readonly leakproof: boolean
  readonly parallel: 's' | 'r' | 'u'
  readonly cost: number
  readonly rows: number
  readonly support: string | null
  readonly transformTypes: readonly string[] | null
  readonly settings: readonly string[] | null
  readonly comment: string | null
}

/** The types of the arguments that identify a function, one by one. */
export const argumentTypes = `(select array_agg(format_type(at.oid, null) order by at.place)
  from unnest(p.proargtypes) with ordinality at(oid, place))`

export const isOwnFunction = `${isUserSchema} and ${isOwnObject('pg_proc', 'p.oid')}`

export const routinesQuery: CatalogQuery<RoutineRow> = version => `
  select p.oid, n.nspname as schema, p.proname as name, p.prokind as kind,
    ${argumentTypes} as "argumentTypes", pg_get_function_arguments(p.oid) as arguments,
    pg_get_function_result(p.oid) as result, l.lanname as language, p.prosrc as source,
    p.probin as "libraryFile",
    ${version >= 140000 ? 'pg_get_function_sqlbody(p.oid)' : 'null'} as "sqlBody",
    p.provolatile as volatility, p.proisstrict as strict, p.prosecdef as "securityDefiner",
    p.proleakproof as leakproof, p.proparallel as parallel, p.procost as cost, p.prorows as rows,
    ${functionName('p.prosupport')} as support,
    (select array_agg(format_type(tt.oid, null) order by tt.place)
      from unnest(p.protrftypes) with ordinality tt(oid, place)) as "transformTypes",
    p.proconfig as settings, ${commentOf('pg_proc', 'p.oid')} as comment
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  where p.prokind in ('f', 'p', 'w') and ${isOwnFunction} and not ${isOfBaseType}`

export function readRoutines(rows: readonly RoutineRow[]): FoundObject<Routine>[] {
  return rows.map(row => ({ object: readRoutine(row), addresses: [address('pg_proc', row.oid)] }))
}

const volatilities = { i: 'immutable', s: 'stable', v: undefined } as const
const parallels = { s: 'safe', r: 'restricted', u: undefined } as const

function readRoutine(row: RoutineRow): Routine {
  return present({
    kind: 'routine' as const,
    type: row.kind === 'p' ? ('procedure' as const) : ('function' as const),
    schema: row.schema,
    name: row.name,
    signature: signature(row.argumentTypes),
    arguments: row.arguments,
    returns: row.kind === 'p' || row.result === null ? null : shortResult(row.result),
    language: row.language,
    ...implementation(row),
    window: flag(row.kind === 'w'),
    volatility: volatilities[row.volatility],
    strict: flag(row.strict),
    securityDefiner: flag(row.securityDefiner),
    leakproof: flag(row.leakproof),
    parallel: parallels[row.parallel],
    cost: row.cost === usualCost(row.language) ? null : row.cost,
    rows: row.rows === 0 || row.rows === usualRows ? null : row.rows,
    support: row.support,
    transformTypes: some(row.transformTypes?.map(shortType)),
    settings: settings(row.settings),
    comment: row.comment,
  })
}

/** The types in the parentheses of DROP FUNCTION. */
export function signature(types: readonly string[] | null): string {
  return (types ?? []).map(shortType).join(', ')
}

function shortResult(result: string): string {
  const [, set = '', type = ''] = /^(SETOF )?(.*)$/s.exec(result) ?? []
  return `${set}${shortType(type)}`
}

function implementation(row: RoutineRow): Pick<Routine, 'body' | 'sqlBody' | 'library'> {
  if (row.sqlBody !== null) return { sqlBody: row.sqlBody }
  if (row.language !== 'c') return { body: row.source }
  return { library: { file: row.libraryFile ?? '', symbol: row.source } }
}

/** What the server assumes where nothing is said; rows are assumed of sets only. */
const usualCost = (language: string) => (language === 'c' || language === 'internal' ? 1 : 100)
const usualRows = 1000

/** Settings whose values are lists of names, which the catalog keeps quoted as names. */
const nameLists = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
])

function settings(config: readonly string[] | null): Record<string, string> | undefined {
  const values = optionsRecord(config)
  if (values === undefined) return undefined
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, settingValue(name, value)]),
  )
}

/** A quoted name is said as a string, which may be empty or longer than a name. */
function settingValue(name: string, value: string): string {
  if (!nameLists.has(name.toLowerCase()) || value === '') return stringLiteral(value)
  return value.replaceAll(/"((?:[^"]|"")*)"/g, (_, quoted: string) =>
    stringLiteral(quoted.replaceAll('""', '"')),
  )
}
