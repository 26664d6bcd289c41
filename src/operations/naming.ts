import { createHash } from 'node:crypto'
import type { NamingConvention } from '../config/config.ts'
import type { DialectName } from '../config/dialect-name.ts'
import {
  type ConventionKind,
  type ConventionToken,
  parseConvention,
} from '../config/naming-convention.ts'
import { invalid } from '../declarations/declaration.ts'
import type { Constraint, Index, IndexElement } from '../schema/index.ts'
import { describe } from './describe.ts'
import type { Operation } from './operation.ts'

/** What a naming convention gives its names. */
export type Nameable = Constraint | Index

/** Gives indexes and constraints their final names: their own, or what a convention makes of it. */
export class Naming {
  readonly convention: NamingConvention
  readonly dialect: DialectName

  constructor(convention: NamingConvention = {}, dialect: DialectName = 'postgresql') {
    this.convention = convention
    this.dialect = dialect
  }

  /** The same with its final name, which no convention changes any more. */
  named<T extends Nameable>(object: T): T {
    const { hasFinalName, ...rest } = object
    if (hasFinalName) return rest as T
    const template = this.#templateFor(object)
    if (template === undefined) return object
    const name = template.map(piece => (typeof piece === 'string' ? piece : partOf(object, piece)))
    return { ...object, name: fitting(name.join(''), this.dialect) }
  }

  #templateFor(object: Nameable): readonly (string | ConventionToken)[] | undefined {
    const kind = kindOf(object)
    const template = kind && this.convention[kind]
    if (template === undefined) return undefined
    const pieces = parseConvention(template)
    return object.name === undefined || pieces.some(isConstraintName) ? pieces : undefined
  }
}

/** Whether a convention makes another name of one that is given. */
export function changesNames(convention: NamingConvention, object: Nameable): boolean {
  const kind = kindOf(object)
  const template = kind && convention[kind]
  return template !== undefined && parseConvention(template).some(isConstraintName)
}

const isConstraintName = (piece: string | ConventionToken): boolean =>
  typeof piece === 'object' && piece.of === 'constraint'

const kinds: Readonly<Record<Constraint['type'], ConventionKind | undefined>> = {
  primaryKey: 'pk',
  unique: 'uq',
  foreignKey: 'fk',
  check: 'ck',
  exclude: undefined,
}

const kindOf = (object: Nameable): ConventionKind | undefined =>
  object.kind === 'index' ? 'ix' : kinds[object.type]

/** What a token stands for. Of columns that are not there SQLAlchemy makes an empty text, and so do we. */
function partOf(object: Nameable, token: ConventionToken): string {
  switch (token.of) {
    case 'table':
      return object.table
    case 'constraint':
      if (object.name !== undefined) return object.name
      throw unnamed(object, 'it has no name, and the naming convention makes one out of that.')
    case 'referredTable':
      return 'references' in object ? object.references.table : ''
    default: {
      const columns = columnsOf(object, token.of)
      const parts = columns.map(column => (token.part === 'label' ? label(object, column) : column))
      if (typeof token.which === 'object') return parts.join(token.which.joinedBy)
      return parts[token.which] ?? ''
    }
  }
}

function columnsOf(object: Nameable, of: 'columns' | 'referredColumns'): readonly string[] {
  const columns = 'elements' in object ? keysOf(object) : ownColumns(object, of)
  if (columns.length > 0) return columns
  throw unnamed(object, 'the naming convention makes its name of columns, which it does not name.')
}

const keysOf = ({ elements }: Pick<Index, 'elements'> | { readonly elements: readonly object[] }) =>
  elements.flatMap(element => (element as IndexElement).column ?? [])

function ownColumns(object: Nameable, of: 'columns' | 'referredColumns'): readonly string[] {
  if (of === 'referredColumns') return 'references' in object ? object.references.columns : []
  return 'columns' in object ? object.columns : []
}

/** As SQLAlchemy labels a column: with its table, and the schema of that. */
function label({ schema, table }: Nameable, column: string): string {
  return [schema?.replaceAll('.', '_'), table, column].filter(part => part !== undefined).join('_')
}

/** How many characters SQLAlchemy lets such a name have; of PostgreSQL they are bytes. */
const longest: Readonly<Record<DialectName, number>> = {
  postgresql: 63,
  mysql: 64,
  sqlite: Number.POSITIVE_INFINITY,
}

/** A name that is too long is cut as SQLAlchemy cuts it, so that one project's names stay the same. */
function fitting(name: string, dialect: DialectName): string {
  const limit = longest[dialect]
  const characters = [...name]
  const bytes = dialect === 'postgresql' ? Buffer.byteLength(name) : 0
  if (characters.length <= limit && bytes <= limit) return name
  const hash = createHash('md5').update(name).digest('hex').slice(-4)
  const kept = characters.slice(0, limit - 8)
  while (dialect === 'postgresql' && Buffer.byteLength(kept.join('')) > limit - 5) kept.pop()
  return `${kept.join('')}_${hash}`
}

function unnamed(object: Nameable, problem: string) {
  const operation: Operation =
    object.kind === 'index'
      ? { kind: 'createIndex', index: object }
      : { kind: 'createConstraint', constraint: object }
  return invalid(
    describe(operation).slice(2),
    problem,
    "Give it a name, or op.f('…') as its final one.",
  )
}
