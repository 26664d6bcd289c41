import type { SchemaObject } from '../../../schema/index.ts'
import { readAggregates } from './aggregates.ts'
import type { Catalog, CatalogName } from './catalog.ts'
import { rowsIn } from './catalog-query.ts'
import { readCollations } from './collations.ts'
import { type ColumnsByTable, columnsByTable } from './columns.ts'
import { readConstraints } from './constraints.ts'
import { readEventTriggers } from './event-triggers.ts'
import { readExtensions } from './extensions.ts'
import type { FoundObject } from './found-object.ts'
import { type IndexRow, readIndexes } from './indexes.ts'
import { readPolicies } from './policies.ts'
import { readPublications } from './publications.ts'
import { readRoutines } from './routines.ts'
import { readRules } from './rules.ts'
import { readSchemas } from './schemas.ts'
import { ownedSequences, readSequences } from './sequences.ts'
import { readStatistics } from './statistics.ts'
import { readTables } from './tables.ts'
import { readTriggers } from './triggers.ts'
import { readComposites, readDomains, readEnums, readRanges } from './types.ts'
import { readVerbatim } from './verbatim/index.ts'
import { readViews } from './views.ts'

/** The catalogs as they were answered; rows, and objects, are made of that when they are first wanted. */
export class Reading {
  readonly #answers = new Map<CatalogName, string>()
  readonly #rows: { [K in CatalogName]?: Catalog[K] } = {}
  readonly #found = new Map<CatalogName, readonly FoundObject[]>()
  #columns: ColumnsByTable | undefined
  #indexes: ReadonlyMap<string, IndexRow> | undefined

  arrive(name: CatalogName, answer: string): void {
    this.#answers.set(name, answer)
  }

  /** Everything that was answered. */
  get answers(): Iterable<string> {
    return this.#answers.values()
  }

  rows<K extends CatalogName>(name: K): Catalog[K] {
    const known = this.#rows[name] as Catalog[K] | undefined
    const rows = known ?? (rowsIn(this.#answers.get(name) ?? '[]') as unknown as Catalog[K])
    this.#rows[name] = rows
    return rows
  }

  get columns(): ColumnsByTable {
    this.#columns ??= columnsByTable(this.rows('columns'))
    return this.#columns
  }

  /** The objects that one catalog tells of, with what was answered before it. */
  found(name: CatalogName): readonly FoundObject[] {
    const found = this.#found.get(name) ?? this.#make(name)
    this.#found.set(name, found)
    return found
  }

  objects(): FoundObject[] {
    return [...this.#answers.keys()].flatMap(name => this.found(name))
  }

  #make(name: CatalogName): readonly FoundObject<SchemaObject>[] {
    switch (name) {
      case 'schemas':
        return readSchemas(this.rows(name))
      case 'extensions':
        return readExtensions(this.rows(name))
      case 'collations':
        return readCollations(this.rows(name))
      case 'enums':
        return readEnums(this.rows(name))
      case 'domains':
        return readDomains(this.rows(name))
      case 'composites':
        return readComposites(this.rows(name), this.columns)
      case 'ranges':
        return readRanges(this.rows(name))
      case 'columns':
        return this.#tablesAndSequences()
      case 'constraints':
        return readConstraints(this.rows(name), { columns: this.columns, indexes: this.#byOid() })
      case 'indexes':
        return readIndexes(this.rows(name), this.columns)
      case 'views':
        return readViews(this.rows(name), this.columns)
      case 'routines':
        return readRoutines(this.rows(name))
      case 'aggregates':
        return readAggregates(this.rows(name))
      case 'triggers':
        return readTriggers(this.rows(name), this.columns)
      case 'rules':
        return readRules(this.rows(name))
      case 'policies':
        return readPolicies(this.rows(name))
      case 'statistics':
        return readStatistics(this.rows(name))
      case 'eventTriggers':
        return readEventTriggers(this.rows(name))
      case 'publications':
        return readPublications(this.rows(name))
      case 'verbatim':
        return readVerbatim(this.rows(name))
      default:
        return []
    }
  }

  #tablesAndSequences(): FoundObject[] {
    const [tables, sequences] = [this.rows('tables'), this.rows('sequences')]
    const byOid = new Map(tables.map(row => [row.oid, row]))
    return [
      ...readTables(tables, this.columns, ownedSequences(sequences)),
      ...readSequences(sequences, byOid, this.columns),
    ]
  }

  #byOid(): ReadonlyMap<string, IndexRow> {
    this.#indexes ??= new Map(this.rows('indexes').map(row => [row.oid, row]))
    return this.#indexes
  }
}
