import type { Dialect } from '../../dialects/dialect.ts'
import type { ForeignTable, Limits, RowRight, Situation } from '../../dialects/situation.ts'
import { LimbeckError } from '../../errors.ts'
import { displayName, type QualifiedName } from '../../schema/index.ts'
import type { Need } from './needs.ts'

/** A right that the role lacks. */
export interface MissingRight {
  /** What it cannot do. */
  readonly lacks: string
  /** The statement of somebody else that would let it. */
  readonly grant?: string | undefined
  /** What would let it without anybody's help. */
  readonly instead?: string | undefined
}

/** Finds the rights that a role lacks. */
export class Rights {
  readonly #limits: Limits
  readonly #role: string
  readonly #database: string
  readonly #dialect: Dialect

  constructor({ user, database }: Situation, limits: Limits, dialect: Dialect) {
    this.#limits = limits
    this.#role = dialect.quote(user)
    this.#database = dialect.quote(database)
    this.#dialect = dialect
  }

  /** What is missing for one need. */
  missing(need: Need): MissingRight[] {
    switch (need.kind) {
      case 'own':
        return this.#ownership(need.table, need.isDrop ?? false)
      case 'create':
        return this.creation(need.schema)
      case 'createSchema':
        return this.#limits.mayCreateSchemas ? [] : [this.#schemas()]
    }
  }

  /** What is missing to create something in a schema that is there. */
  creation(schema: string | undefined): MissingRight[] {
    const name = schema ?? this.#limits.defaultSchema
    const limited = this.#limits.schemas.find(one => one.name === name)
    if (limited === undefined || (limited.mayCreate && limited.mayUse)) return []
    const rights = [
      ...(limited.mayUse ? [] : ['USAGE']),
      ...(limited.mayCreate ? [] : ['CREATE']),
    ].join(', ')
    return [
      {
        lacks: `create anything in the schema ${limited.name}`,
        grant: `GRANT ${rights} ON SCHEMA ${this.#dialect.quote(limited.name)} TO ${this.#role};`,
      },
    ]
  }

  /** What is missing to use a schema at all. */
  usage(schema: string | undefined): MissingRight[] {
    const limited = this.#limits.schemas.find(one => one.name === schema && !one.mayUse)
    if (limited === undefined) return []
    return [
      {
        lacks: `use the schema ${limited.name}`,
        grant: `GRANT USAGE ON SCHEMA ${this.#dialect.quote(limited.name)} TO ${this.#role};`,
      },
    ]
  }

  /** Whether a table that was asked about is there. */
  isThere(table: QualifiedName): boolean {
    return this.#limits.tables.some(one => isMeant(one, table))
  }

  /** What is missing to write rows of a table that was asked about. */
  rows(table: QualifiedName, wanted: readonly RowRight[]): MissingRight[] {
    const found = this.#limits.tables.find(one => isMeant(one, table))
    const lacking = wanted.filter(right => found !== undefined && !found.may[right])
    if (lacking.length === 0) return []
    return [
      {
        lacks: `${lacking.join(', ')} in ${displayName(table)}`,
        grant: `GRANT ${lacking.join(', ')} ON ${this.#dialect.quoteQualified(table)} TO ${this.#role};`,
      },
    ]
  }

  #ownership(table: QualifiedName, isDrop: boolean): MissingRight[] {
    const foreign = this.#limits.foreign.find(one => isMeant(one, table))
    if (foreign === undefined || (isDrop && foreign.ownsSchema)) return []
    return [
      {
        lacks: `alter ${displayName(table)}, which belongs to ${foreign.owner}`,
        ...this.#become(foreign),
      },
    ]
  }

  #become({ owner, mayBecomeOwner }: ForeignTable): Partial<MissingRight> {
    const name = this.#dialect.quote(owner)
    return mayBecomeOwner
      ? { instead: `Become ${owner} in env.ts: await context.execute('SET ROLE ${name}')` }
      : { grant: `GRANT ${name} TO ${this.#role};` }
  }

  #schemas(): MissingRight {
    return {
      lacks: 'create schemas',
      grant: `GRANT CREATE ON DATABASE ${this.#database} TO ${this.#role};`,
    }
  }
}

/** A name without a schema means what the search path finds. */
const isMeant = (
  found: { readonly schema: string; readonly name: string; readonly isVisible: boolean },
  { schema, name }: QualifiedName,
): boolean =>
  found.name === name && (schema === undefined ? found.isVisible : found.schema === schema)

/** The error of a role that may not do what a run needs. */
export function rightsMissing(
  { user }: Situation,
  missing: readonly MissingRight[],
  hint: string | undefined = undefined,
): LimbeckError {
  const different = [...new Map(missing.map(one => [one.lacks, one])).values()]
  return new LimbeckError(
    'RIGHTS_MISSING',
    [
      `The role ${user} may not do what this run needs. Nothing was done.`,
      ...different.map(({ lacks }) => `  it may not: ${lacks}`),
    ].join('\n'),
    {
      facts: { user, missing: different },
      hint: [...remedies(different), hint ?? []].flat().join(' '),
    },
  )
}

/** What would let a role do what it may not, as sentences. */
export function remedies(missing: readonly MissingRight[]): string[] {
  const words = (key: 'grant' | 'instead') => [...new Set(missing.flatMap(one => one[key] ?? []))]
  const grants = words('grant')
  return [
    ...(grants.length === 0 ? [] : [`As the owner or a superuser: ${grants.join(' ')}`]),
    ...words('instead').map(sentence => `${sentence}.`),
  ]
}
