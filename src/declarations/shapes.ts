import { either, isRecord, oneOf, type Shape } from '../config/shapes.ts'
import { nearest } from '../text/nearest.ts'
import { type Branded, isBranded } from './declaration.ts'
import { isSql } from './sql.ts'

export { either, oneOf, type Shape } from '../config/shapes.ts'

/** A shape for each key of a type: one that is forgotten, or too many, does not compile. */
export type ShapesOf<T> = { readonly [K in keyof T]-?: Shape }

/** Shapes by the names of arguments or options. */
export type Shapes = Readonly<Record<string, Shape>>

export const truth: Shape = {
  name: 'true or false',
  hint: 'Write true or false, without quotes.',
  accepts: value => typeof value === 'boolean',
}

export const text: Shape = { name: 'a text', accepts: value => typeof value === 'string' }

export const name: Shape = {
  name: 'a name',
  accepts: value => typeof value === 'string' && value !== '',
}

export const number: Shape = { name: 'a number', accepts: value => Number.isFinite(value) }

export const atLeast = (least: number): Shape => ({
  name: `a number of at least ${least}`,
  accepts: value => Number.isFinite(value) && (value as number) >= least,
})

export const wholeNumber: Shape = {
  name: 'a whole number',
  hint: 'Write 5, or a bigint such as 5n.',
  accepts: value => typeof value === 'bigint' || Number.isSafeInteger(value),
}

/** What is looked at where it is used. */
export const anything: Shape = { name: 'any value', accepts: () => true }

export const code: Shape = { name: 'a function', accepts: value => typeof value === 'function' }

const nothing: Shape = { name: 'null', accepts: value => value === null }

/** The same, or null. */
export const orNull = (shape: Shape): Shape => either(shape, nothing)

/** An option or argument that has to be given. */
export const needed = (shape: Shape): Shape => ({ ...shape, isRequired: true })

/** What may be left out. */
export const optional = (shape: Shape): Shape => ({
  ...shape,
  accepts: value => value === undefined || shape.accepts(value),
})

export const listOf = (item: Shape, name = `a list of ${item.name}`): Shape => ({
  name,
  accepts: value => Array.isArray(value) && value.every(item.accepts),
  item,
  hint: "Write a list, such as ['a', 'b'].",
})

/** A list that says something only with an entry. */
export const filledListOf = (item: Shape, name?: string): Shape => ({
  ...listOf(item, name),
  accepts: value => Array.isArray(value) && value.length > 0 && value.every(item.accepts),
})

/** An object whose keys are the user's own words. */
export const recordOf = (entries: Shape): Shape => ({
  name: `an object, each value ${entries.name}`,
  accepts: value => isRecord(value) && Object.values(value).every(entries.accepts),
  entries,
})

/** An object of these keys. */
export const fields = (fields: Shapes): Shape => ({
  name: `{ ${Object.keys(fields).join(', ')} }`,
  accepts: value => isRecord(value) && fitAll(value, fields),
  fields,
})

const fitAll = (value: Readonly<Record<string, unknown>>, fields: Shapes): boolean =>
  Object.keys(value).every(key => Object.hasOwn(fields, key)) &&
  Object.entries(fields).every(([key, shape]) => fits(value[key], shape))

/** Whether a value is right for a key: absent is right for one that is not needed. */
export const fits = (value: unknown, shape: Shape): boolean =>
  value === undefined ? shape.isRequired !== true : shape.accepts(value)

/** The same in fewer words. */
const shortly = (name: string, shape: Shape): Shape => ({ ...shape, name })

/** What one of limbeck's builders made. */
export const made = (sort: Branded, words: string): Shape => ({
  name: words,
  accepts: value => isBranded(value, sort),
})

export const sql: Shape = {
  name: 'SQL',
  accepts: value => typeof value === 'string' || isSql(value),
}

const comments = '(?:\\s|--.*\\n|/\\*(?:[^*]|\\*(?!/))*\\*/)*'

/** Words of SQL, or a pattern of them, at the beginning of a text. */
const begins = (words: string): RegExp =>
  new RegExp(`^${comments}${words.replaceAll(' ', '\\s+')}\\b`, 'i')

const without = (shape: Shape, keyWord: string, pattern = keyWord): Shape => {
  const doubled = begins(pattern)
  const repeats = (value: unknown) => doubled.test(isSql(value) ? value.sql : String(value))
  return {
    ...shape,
    accepts: value => shape.accepts(value) && !repeats(value),
    complaint: value =>
      repeats(value) ? `begins with ${keyWord}, which limbeck writes itself.` : undefined,
    hint: 'Leave it out.',
  }
}

/** SQL without the words that come before it, which limbeck writes. */
export const sqlAfter = (keyWord: string, pattern?: string): Shape => without(sql, keyWord, pattern)

/** The same, of a text. */
export const textAfter = (keyWord: string): Shape => without(text, keyWord)

const bareName = /^\s*(?:execute\s.*|[\w".]+\s*)$/is

/** What a trigger does: the call of a function, or on SQLite statements. */
export const functionCall: Shape = {
  name: 'SQL such as touch()',
  hint: 'Write the call of a function: touch().',
  accepts: value =>
    sql.accepts(value) && !bareName.test(isSql(value) ? value.sql : (value as string)),
}

/** A word of an open set: what no extension is likely to be called, but a slip of a known word is. */
export const likely = (...known: readonly string[]): Shape => ({
  name: `a name such as ${known.join(', ')}`,
  accepts: value =>
    name.accepts(value) &&
    (known.includes(value as string) || nearest(value as string, known) === undefined),
  words: known,
})

/** The value of a storage parameter and the like. */
export const parameter: Shape = {
  name: 'a text, a number, true or false',
  accepts: value => ['string', 'boolean'].includes(typeof value) || Number.isFinite(value),
}

/** Storage parameters and the like. */
export const parameters: Shape = recordOf(parameter)

/** The name of an object: alone, or with its schema. */
export const qualified: Shape = either(name, fields({ schema: name, name: needed(name) }))

/** The name of an index or a constraint. */
export const constraintName: Shape = either(
  { ...name, name: 'a name' },
  made('finalName', 'finalName(…)'),
)

/** A column by its name, or as `t => […]` offers it. */
export const column: Shape = {
  name: 'a column',
  hint: "Write a column's name, or t.name. An expression needs index(…).unique().",
  accepts: value => name.accepts(value) || isColumnRef(value),
}

const isColumnRef = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'element' in value

/** A check(…). */
export const check: Shape = {
  name: 'check(…)',
  hint: 'Write check(undefined, sql`VALUE > 0`).',
  accepts: value =>
    isBranded(value, 'constraint') && (value as { body: { type: string } }).body.type === 'check',
}

const columnOrSql: Shape = either(column, { name: 'sql`…`', accepts: isSql })

/** A key of an index. */
export const indexKey: Shape = either(
  columnOrSql,
  shortly(
    '{ column, order, … }',
    fields({
      column: name,
      expression: sql,
      prefix: wholeNumber,
      opclass: text,
      opclassOptions: parameters,
      collation: name,
      order: oneOf('asc', 'desc'),
      nulls: oneOf('first', 'last'),
    }),
  ),
)

/** What may not hold between two values: `['room', '=']`. */
export const exclusion: Shape = {
  name: "[column or sql`…`, '=']",
  hint: "Write ['room', '='].",
  accepts: value =>
    Array.isArray(value) &&
    value.length === 2 &&
    columnOrSql.accepts(value[0]) &&
    text.accepts(value[1]),
}

/** How large values of a column are kept. */
export const columnStorage: Shape = oneOf('plain', 'external', 'extended', 'main')

export const compression: Shape = likely('pglz', 'lz4')

export const dimensions: Shape = {
  name: 'a number from 1 to 6',
  accepts: value => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 6,
}

/** The method of an index. */
export const indexMethod: Shape = likely('btree', 'hash', 'gist', 'spgist', 'gin', 'brin')

/** A column builder. */
export const builder: Shape = {
  ...made('column', 'a column builder'),
  hint: 'Write a column with a builder such as integer(), or type(…) for any other type.',
}

/** Columns by their names. */
export const columns: Shape = {
  ...recordOf(builder),
  name: 'columns',
  hint: 'Write { name: text(), … }.',
}

/** The name of a type, with what follows it: `varchar(255)`. */
export const typeName: Shape = { ...name, name: 'the name of a type' }

/** A type: a builder, or SQL. */
export const columnType: Shape = either(builder, { ...sql, name: 'the name of a type' })

/** What a column is generated from. */
export const generated: Shape = either(
  { name: 'sql`…`', accepts: isSql },
  fields({ expression: needed(text), stored: needed(truth) }),
)

/** Whether a trigger or a rule fires. */
export const firing: Shape = oneOf('disabled', 'replica', 'always')

/** When a constraint is checked. */
export const deferral = { deferrable: truth, initiallyDeferred: truth }
