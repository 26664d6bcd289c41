import {
  type Column,
  type Constraint,
  type DatabaseSchema,
  type ObjectId,
  objectId,
  type Routine,
  type SchemaObject,
  type Sequence,
  type Table,
  type View,
} from '../../src/schema/index.ts'

/** A schema made by hand: its objects, and what the database would report that they need. */
export function schemaOf(
  objects: readonly SchemaObject[],
  dependencies: Readonly<Record<ObjectId, readonly ObjectId[]>> = {},
): DatabaseSchema {
  return {
    dialect: 'postgresql',
    serverVersion: 150000,
    defaultSchema: 'public',
    objects: new Map(objects.map(object => [objectId(object), object])),
    dependencies: new Map(Object.entries(dependencies)),
    unmodelled: [],
  }
}

export const nothing = schemaOf([])

type ColumnInput = string | Partial<Column>

/** A table: `table('t', { id: 'integer', n: { type: 'text', notNull: true } })`. */
export function table(
  name: string,
  columns: Readonly<Record<string, ColumnInput>> = { id: 'integer' },
  rest: Partial<Table> = {},
): Table {
  return {
    kind: 'table',
    schema: 'public',
    name,
    columns: Object.entries(columns).map(([column, input]) => ({
      name: column,
      type: 'integer',
      notNull: false,
      ...(typeof input === 'string' ? { type: input } : input),
    })),
    ...rest,
  }
}

/** `id` is the primary key. */
export function primaryKey(tableName: string): Constraint {
  return {
    kind: 'constraint',
    type: 'primaryKey',
    schema: 'public',
    table: tableName,
    name: `${tableName}_pkey`,
    columns: ['id'],
  }
}

/** A foreign key from a column to the `id` of another table. */
export function foreignKey(tableName: string, column: string, referred: string): Constraint {
  return {
    kind: 'constraint',
    type: 'foreignKey',
    schema: 'public',
    table: tableName,
    name: `${tableName}_${column}_fkey`,
    columns: [column],
    references: { schema: 'public', table: referred, columns: ['id'] },
  }
}

export function view(name: string, definition = 'SELECT 1', rest: Partial<View> = {}): View {
  return { kind: 'view', schema: 'public', name, definition, ...rest }
}

export function routine(name: string, rest: Partial<Routine> = {}): Routine {
  return {
    kind: 'routine',
    type: 'function',
    schema: 'public',
    name,
    signature: '',
    arguments: '',
    returns: 'integer',
    language: 'plpgsql',
    body: 'BEGIN RETURN 1; END',
    ...rest,
  }
}

export function sequence(name: string, rest: Partial<Sequence> = {}): Sequence {
  return { kind: 'sequence', schema: 'public', name, ...rest }
}
