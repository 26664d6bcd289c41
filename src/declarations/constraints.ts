import type {
  CheckConstraint,
  Constraint,
  ExcludeConstraint,
  ForeignKey,
  PrimaryKey,
  QualifiedName,
  UniqueConstraint,
} from '../schema/index.ts'
import { checked, takes } from './checked.ts'
import {
  type Branded,
  brand,
  compact,
  invalid,
  type NameInput,
  qualifiedName,
  twinIn,
} from './declaration.ts'
import { type ConstraintName, namePart } from './final-name.ts'
import { type ColumnInput, columnOf, elementText, type Parameters, parameters } from './indexes.ts'
import { type ReferenceOptions, referenceBehaviour } from './references.ts'
import * as is from './shapes.ts'
import { type Sql, sqlText } from './sql.ts'

/** A constraint without its table. */
export type ConstraintBody =
  | Body<PrimaryKey>
  | Body<UniqueConstraint>
  | Body<ForeignKey>
  | Body<CheckConstraint>
  | Body<ExcludeConstraint>

type Body<C extends Constraint> = Omit<C, 'kind' | 'schema' | 'table'>

const columnList = is.listOf(is.column, 'a list of columns')
const keyMethods = {
  on: takes({ columns: columnList }),
  include: takes({ columns: columnList }),
  with: takes({ parameters: is.parameters }),
  tablespace: takes({ tablespace: is.name }),
  attachedTo: takes({ parent: is.qualified }),
  comment: takes({ comment: is.text }),
  indexComment: takes({ comment: is.text }),
  using: takes({ method: is.indexMethod }),
  elements: takes({ elements: is.listOf(is.exclusion) }),
  where: takes({ condition: is.sqlAfter('WHERE') }),
}

function requireFor(method: keyof typeof keyMethods, given: unknown): void {
  checked(`.${method === 'elements' ? 'on' : method}(…)`, keyMethods[method], [given])
}

/** Describes a constraint; every call gives a new builder. */
export abstract class ConstraintBuilder<B extends ConstraintBody = ConstraintBody> {
  readonly [brand]: Branded = 'constraint'
  readonly body: B

  constructor(body: B) {
    this.body = compact(body)
  }

  comment(comment: string): this {
    requireFor('comment', comment)
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
    requireFor('include', columns)
    return this.backed({ include: columns.map(columnOf) })
  }

  /** Storage parameters of its index. */
  with(options: Parameters): this {
    requireFor('with', options)
    return this.backed({ options: parameters(options) })
  }

  tablespace(tablespace: string): this {
    requireFor('tablespace', tablespace)
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
    requireFor('attachedTo', parent)
    return this.backed({ attachedTo: qualifiedName(parent) })
  }

  /** The table is clustered by its index. */
  clustered(): this {
    return this.backed({ clustered: true })
  }

  /** The comment on its index, which is another than its own. */
  indexComment(indexComment: string): this {
    requireFor('indexComment', indexComment)
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
    requireFor('on', columns)
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

const referencesTakes = takes(
  { table: is.qualified, columns: is.listOf(is.name, 'a list of columns') },
  referenceBehaviour,
)

/** A foreign key. */
export class ForeignKeyBuilder extends ConstraintBuilder<Body<ForeignKey>> {
  on(...columns: readonly ColumnInput[]): this {
    requireFor('on', columns)
    return this.changed({ columns: columns.map(columnOf) })
  }

  /** The table it points at; without columns, that table's primary key. */
  references(
    table: NameInput,
    columns: readonly string[] = [],
    options: Omit<ReferenceOptions, 'name'> = {},
  ): this {
    checked('.references(…)', referencesTakes, [table, columns], options)
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
    requireFor('using', method)
    return this.changed({ method })
  }

  on(...elements: readonly ExcludeInput[]): this {
    requireFor('elements', elements)
    return this.changed({ elements: elements.map(excludeElement) })
  }

  where(condition: Sql): this {
    requireFor('where', condition)
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

/** What a check is told. */
export const checkTakes = takes(
  { name: is.optional(is.constraintName), condition: is.sqlAfter('CHECK') },
  {
    notValid: is.truth,
    noInherit: is.truth,
    notEnforced: is.truth,
    comment: is.text,
  } satisfies is.ShapesOf<CheckOptions>,
)

/** Declares a check constraint. */
export function check(
  name: ConstraintName | undefined,
  condition: Sql,
  options: CheckOptions = {},
): CheckBuilder {
  checked('check', checkTakes, [name, condition], options)
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
  if (body.type === 'check') return undefined
  const keys = body.type === 'exclude' ? body.elements : body.columns
  if (keys.length === 0) return ['it has no columns.', 'Call .on(…).']
  if (body.type === 'exclude') return undefined
  if (body.type === 'foreignKey') return wrongReference(body)
  const twin = twinIn(body.columns)
  if (twin === undefined) return undefined
  return [`it names the column ${twin} twice.`, 'Name each column once.']
}

function wrongReference({
  columns,
  references,
  onDeleteColumns = [],
}: Body<ForeignKey>): ReturnType<typeof missingPart> {
  if (references.table === '')
    return ['it references no table.', "Call .references('table', ['column'])."]
  const [own, other] = [columns.length, references.columns.length]
  if (other > 0 && own !== other)
    return [
      `it leads from ${counted(own)} (${columns.join(', ')}) to ${counted(other)} (${references.columns.join(', ')}).`,
      'Name as many on either side.',
    ]
  const stranger = onDeleteColumns.find(column => !columns.includes(column))
  if (stranger === undefined) return undefined
  return [
    `onDeleteColumns names ${stranger}, which is none of its columns.`,
    `Its columns are ${columns.join(', ')}.`,
  ]
}

const counted = (columns: number): string => `${columns} column${columns === 1 ? '' : 's'}`
