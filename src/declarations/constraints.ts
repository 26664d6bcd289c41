import type {
  CheckConstraint,
  Constraint,
  ExcludeConstraint,
  ForeignKey,
  PrimaryKey,
  QualifiedName,
  UniqueConstraint,
} from '../schema/index.ts'
import {
  type Branded,
  brand,
  compact,
  invalid,
  type NameInput,
  qualifiedName,
  whatIs,
} from './declaration.ts'
import { type ConstraintName, namePart } from './final-name.ts'
import { type ColumnInput, columnOf, elementText, type Parameters, parameters } from './indexes.ts'
import type { ReferenceOptions } from './references.ts'
import { type Sql, sqlText } from './sql.ts'

/** A constraint without its table. */
export type ConstraintBody =
  | Body<PrimaryKey>
  | Body<UniqueConstraint>
  | Body<ForeignKey>
  | Body<CheckConstraint>
  | Body<ExcludeConstraint>

type Body<C extends Constraint> = Omit<C, 'kind' | 'schema' | 'table'>

/** Describes a constraint; every call gives a new builder. */
export abstract class ConstraintBuilder<B extends ConstraintBody = ConstraintBody> {
  readonly [brand]: Branded = 'constraint'
  readonly body: B

  constructor(body: B) {
    this.body = compact(body)
  }

  comment(comment: string): this {
    return this.changed({ comment } as Partial<B>)
  }

  /** The same constraint, changed. */
  protected changed(change: Partial<B>): this {
    const builder = this.constructor as new (body: B) => this
    return new builder({ ...this.body, ...change })
  }
}

type IndexBacked = Body<PrimaryKey> | Body<UniqueConstraint> | Body<ExcludeConstraint>

/** A constraint that an index keeps. */
export abstract class IndexBackedBuilder<B extends IndexBacked> extends ConstraintBuilder<B> {
  /** Columns carried along in its index. */
  include(...columns: readonly ColumnInput[]): this {
    return this.backed({ include: columns.map(columnOf) })
  }

  /** Storage parameters of its index. */
  with(options: Parameters): this {
    return this.backed({ options: parameters(options) })
  }

  tablespace(tablespace: string): this {
    return this.backed({ tablespace })
  }

  deferrable(): this {
    return this.backed({ deferrable: true })
  }

  /** Checked at the end of the transaction. */
  initiallyDeferred(): this {
    return this.backed({ deferrable: true, initiallyDeferred: true })
  }

  /** Only on a partitioned table itself, not on its partitions. */
  only(): this {
    return this.backed({ only: true })
  }

  /** A partition's constraint: the parent's index that its index becomes a part of. */
  attachedTo(parent: NameInput): this {
    return this.backed({ attachedTo: qualifiedName(parent) })
  }

  /** The table is clustered by its index. */
  clustered(): this {
    return this.backed({ clustered: true })
  }

  /** The comment on its index, which is another than its own. */
  indexComment(indexComment: string): this {
    return this.backed({ indexComment })
  }

  protected backed(change: Partial<Omit<IndexBacked, 'type'>>): this {
    return this.changed(change as Partial<B>)
  }
}

/** A primary key, or what it shares with a unique constraint. */
export class KeyBuilder extends IndexBackedBuilder<Body<PrimaryKey> | Body<UniqueConstraint>> {
  /** Its columns, in order. */
  on(...columns: readonly ColumnInput[]): this {
    return this.changed({ columns: columns.map(columnOf) })
  }

  /** The last column is a range that must not overlap (PostgreSQL 18). */
  withoutOverlaps(): this {
    return this.changed({ withoutOverlaps: true })
  }
}

/** A unique constraint. */
export class UniqueBuilder extends KeyBuilder {
  /** Two rows without a value are equal. */
  nullsNotDistinct(): this {
    return this.changed({ nullsNotDistinct: true })
  }
}

/** A foreign key. */
export class ForeignKeyBuilder extends ConstraintBuilder<Body<ForeignKey>> {
  on(...columns: readonly ColumnInput[]): this {
    return this.changed({ columns: columns.map(columnOf) })
  }

  /** The table it points at; without columns, that table's primary key. */
  references(
    table: NameInput,
    columns: readonly string[] = [],
    options: Omit<ReferenceOptions, 'name'> = {},
  ): this {
    const { schema, name } = qualifiedName(table)
    return this.changed({ references: compact({ schema, table: name, columns }), ...options })
  }
}

/** A check constraint. */
export class CheckBuilder extends ConstraintBuilder<Body<CheckConstraint>> {}

/** Two values and what may not hold between them: `[t.room, '=']`. */
export type ExcludeInput = readonly [element: ColumnInput | Sql, operator: string]

/** An exclusion constraint. */
export class ExcludeBuilder extends IndexBackedBuilder<Body<ExcludeConstraint>> {
  /** The method of its index: `gist`. */
  using(method: string): this {
    return this.changed({ method })
  }

  on(...elements: readonly ExcludeInput[]): this {
    return this.changed({ elements: elements.map(excludeElement) })
  }

  where(condition: Sql): this {
    return this.changed({ where: sqlText(condition) })
  }
}

/** One element of an exclusion constraint, as the schema keeps it. */
export function excludeElement([
  element,
  operator,
]: ExcludeInput): ExcludeConstraint['elements'][number] {
  return { expression: elementText(element), operator }
}

/** Declares a primary key of several columns. */
export function primaryKey(name?: ConstraintName): KeyBuilder {
  return new KeyBuilder({ type: 'primaryKey', ...namePart(name), columns: [] })
}

/** Declares a unique constraint. */
export function unique(name?: ConstraintName): UniqueBuilder {
  return new UniqueBuilder({ type: 'unique', ...namePart(name), columns: [] })
}

/** Declares a foreign key. */
export function foreignKey(name?: ConstraintName): ForeignKeyBuilder {
  return new ForeignKeyBuilder({
    type: 'foreignKey',
    ...namePart(name),
    columns: [],
    references: { table: '', columns: [] },
  })
}

/** How a check constraint is kept. */
export type CheckOptions = Pick<
  CheckConstraint,
  'notValid' | 'noInherit' | 'notEnforced' | 'comment'
>

/** Declares a check constraint. */
export function check(
  name: ConstraintName | undefined,
  condition: Sql,
  options: CheckOptions = {},
): CheckBuilder {
  const expression = sqlText(condition)
  return new CheckBuilder({ type: 'check', ...namePart(name), expression, ...options })
}

/** Declares an exclusion constraint. */
export function exclude(name?: ConstraintName): ExcludeBuilder {
  return new ExcludeBuilder({ type: 'exclude', ...namePart(name), elements: [] })
}

/** A constraint in its table. */
export function constraintOn(table: QualifiedName, body: ConstraintBody): Constraint {
  const { name } = body
  const problem = missingPart(body)
  if (problem === undefined) {
    const place = { kind: 'constraint', schema: table.schema, table: table.name, name } as const
    return compact({ ...place, ...body } as Constraint)
  }
  throw invalid(`constraint ${name ?? 'without a name'} of table ${table.name}`, ...problem)
}

function missingPart(body: ConstraintBody): [problem: string, hint: string] | undefined {
  const keys =
    body.type === 'exclude' ? body.elements : body.type === 'check' ? [body] : body.columns
  if (!Array.isArray(keys))
    return [`its columns are ${whatIs(keys)}, not a list.`, "Write ['a', 'b']."]
  if (keys.length === 0) return ['it has no columns.', 'Call .on(…).']
  if (body.type !== 'foreignKey' || body.references.table !== '') return undefined
  return ['it references no table.', "Call .references('table', ['column'])."]
}
