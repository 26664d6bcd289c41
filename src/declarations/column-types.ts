import { ColumnBuilder, specOf } from './columns.ts'
import { invalid, whatIs } from './declaration.ts'

/** A column of a plain type, which is read and written as T unless W says otherwise. */
type Plain<T, W = T> = ColumnBuilder<T, W>

/** A column that numbers its rows: never null, and an insert may leave it out. */
type Numbered<T, W> = ColumnBuilder<T, W, false, 1>

const plain = <S, W>(type: string): Plain<S, W> => new ColumnBuilder(specOf(type))

/** The builder of a type that takes nothing: other tools give it the column's name, or options. */
const simple =
  <S, W = S>(word: string, type = word): (() => Plain<S, W>) =>
  (...given: readonly unknown[]) => {
    refuseAny(given, word)
    return plain(type)
  }

const counting =
  <S, W = S>(type: string): (() => Numbered<S, W>) =>
  (...given: readonly unknown[]) => {
    refuseAny(given, type)
    return new ColumnBuilder(specOf(type, { notNull: true }))
  }

function refuseAny([first, ...rest]: readonly unknown[], word: string): void {
  if (first === undefined && rest.length === 0) return
  throw invalid(word, `it takes nothing, and is given ${whatIs(first)}.`, elsewhere)
}

const elsewhere =
  'The name of a column is its key in { … }, and what else it is told are calls: .notNull(), .default(…).'

const sized = <S, W>(type: string, ...sizes: readonly (number | undefined)[]): Plain<S, W> => {
  const given = sizes.filter(size => size !== undefined)
  const wrong = given.find(size => !Number.isInteger(size))
  if (wrong !== undefined)
    throw invalid(type, `its size is ${whatIs(wrong)}, not a whole number.`, elsewhere)
  return plain(given.length === 0 ? type : `${type}(${given.join(',')})`)
}

/** Any type, word for word: `type('public.geometry(Point,4326)')`. */
export const type = <S = unknown, W = S>(name: string): Plain<S, W> => {
  if (typeof name === 'string' && name !== '') return plain(name)
  throw invalid(
    'type',
    `its name is ${whatIs(name)}.`,
    "Write type('public.geometry(Point,4326)').",
  )
}

export const smallint = simple<number>('smallint')
export const integer = simple<number>('integer')
/** Drivers read it as a string, since a number may be too small for it. */
export const bigint = simple<string, string | number | bigint>('bigint')
export const numeric = (precision?: number, scale?: number): Plain<string, string | number> =>
  sized('numeric', precision, scale)
/** Another word for numeric. */
export const decimal = numeric
export const real = simple<number>('real')
export const doublePrecision = simple<number>('doublePrecision', 'double precision')
export const smallserial = counting<number, number>('smallserial')
export const serial = counting<number, number>('serial')
export const bigserial = counting<string, string | number | bigint>('bigserial')
export const money = simple<string, string | number>('money')

export const varchar = (length?: number): Plain<string> => sized('varchar', length)
export const char = (length?: number): Plain<string> => sized('char', length)
export const text = simple<string>('text')
/** Text without regard to case, from the extension of this name. */
export const citext = simple<string>('citext')
export const bytea = simple<Uint8Array>('bytea')

export const timestamp = (precision?: number): Plain<Date, Date | string> =>
  sized('timestamp', precision)
export const timestamptz = (precision?: number): Plain<Date, Date | string> =>
  sized('timestamptz', precision)
export const date = simple<Date, Date | string>('date')
export const time = (precision?: number): Plain<string> => sized('time', precision)
export const timetz = (precision?: number): Plain<string> => sized('timetz', precision)

/** An interval as drivers read it: the parts that are not zero. */
export interface IntervalParts {
  readonly years?: number
  readonly months?: number
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}

/** A length of time; the argument is its precision or its fields: `interval('day to second')`. */
export const interval = (detail?: number | string): Plain<IntervalParts, string> =>
  typeof detail === 'string' ? plain(`interval ${detail}`) : sized('interval', detail)

export const boolean = simple<boolean>('boolean')

export const point = simple<{ x: number; y: number }, string>('point')
export const line = simple<string>('line')
export const lseg = simple<string>('lseg')
export const box = simple<string>('box')
export const path = simple<string>('path')
export const polygon = simple<string>('polygon')
export const circle = simple<{ x: number; y: number; radius: number }, string>('circle')

export const cidr = simple<string>('cidr')
export const inet = simple<string>('inet')
export const macaddr = simple<string>('macaddr')
export const macaddr8 = simple<string>('macaddr8')

export const bit = (length?: number): Plain<string> => sized('bit', length)
export const varbit = (length?: number): Plain<string> => sized('varbit', length)
export const tsvector = simple<string>('tsvector')
export const tsquery = simple<string>('tsquery')
export const uuid = simple<string>('uuid')
export const xml = simple<string>('xml')
/** JSON kept as text; the type parameter says what is in it. */
export const json = simple('json') as <T = unknown>() => Plain<T>
/** JSON kept in parts; the type parameter says what is in it. */
export const jsonb = simple('jsonb') as <T = unknown>() => Plain<T>
export const jsonpath = simple<string>('jsonpath')

export const int4range = simple<string>('int4range')
export const int8range = simple<string>('int8range')
export const numrange = simple<string>('numrange')
export const tsrange = simple<string>('tsrange')
export const tstzrange = simple<string>('tstzrange')
export const daterange = simple<string>('daterange')
export const int4multirange = simple<string>('int4multirange')
export const int8multirange = simple<string>('int8multirange')
export const nummultirange = simple<string>('nummultirange')
export const tsmultirange = simple<string>('tsmultirange')
export const tstzmultirange = simple<string>('tstzmultirange')
export const datemultirange = simple<string>('datemultirange')

export const oid = simple<number>('oid')
export const regclass = simple<string>('regclass')
export const regcollation = simple<string>('regcollation')
export const regconfig = simple<string>('regconfig')
export const regdictionary = simple<string>('regdictionary')
export const regnamespace = simple<string>('regnamespace')
export const regoper = simple<string>('regoper')
export const regoperator = simple<string>('regoperator')
export const regproc = simple<string>('regproc')
export const regprocedure = simple<string>('regprocedure')
export const regrole = simple<string>('regrole')
export const regtype = simple<string>('regtype')
export const xid8 = simple<string, string | number | bigint>('xid8')
export const pgLsn = simple<string>('pgLsn', 'pg_lsn')
export const pgSnapshot = simple<string>('pgSnapshot', 'pg_snapshot')
