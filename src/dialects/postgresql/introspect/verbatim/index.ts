import type { VerbatimObject } from '../../../../schema/index.ts'
import type { CatalogQuery } from '../catalog-query.ts'
import { address, type FoundObject, flag, present } from '../found-object.ts'
import { baseTypes } from './base-types.ts'
import { accessMethods, casts, conversions, languages, transforms } from './conversions.ts'
import { foreignDataWrappers, foreignServers, foreignTables } from './foreign-data.ts'
import { operatorClasses, operatorFamilies, operators, shellTypes } from './operators.ts'
import { rareQuery } from './rare-kind.ts'
import {
  textSearchConfigurations,
  textSearchDictionaries,
  textSearchParsers,
  textSearchTemplates,
} from './text-search.ts'

interface VerbatimRow {
  readonly catalog: string
  readonly oid: string
  readonly type: string
  readonly identity: string
  readonly statements: readonly string[]
  readonly functions: readonly string[] | null
  readonly comment: string | null
}

const rareKinds = [
  shellTypes,
  baseTypes,
  languages,
  accessMethods,
  operators,
  operatorFamilies,
  operatorClasses,
  casts,
  conversions,
  transforms,
  textSearchParsers,
  textSearchTemplates,
  textSearchDictionaries,
  textSearchConfigurations,
  foreignDataWrappers,
  foreignServers,
  foreignTables,
]

/** All rare kinds at once: most databases have none of them. */
export const verbatimQuery: CatalogQuery<VerbatimRow> = () =>
  rareKinds.map(rareQuery).join(' union all ')

export function readVerbatim(rows: readonly VerbatimRow[]): FoundObject<VerbatimObject>[] {
  return rows.map(({ catalog, oid, functions, type, identity, statements, comment }) => ({
    object: present({
      kind: 'verbatim' as const,
      type,
      identity,
      statements,
      cascade: flag(functions !== null),
      comment,
    }),
    addresses: [address(catalog, oid), ...(functions ?? []).map(each => address('pg_proc', each))],
  }))
}
