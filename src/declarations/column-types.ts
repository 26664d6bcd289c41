import { ColumnBuilder, specOf } from './columns.ts'

/** A column of a plain type, which is read and written as T unless W says otherwise. */
type Plain<T, W = T> = ColumnBuilder<T, W>

/** A column that numbers its rows: never null, and an insert may leave it out. */
type Numbered<T, W> = ColumnBuilder<T, W, false, 1>

const plain = <S, W>(type: string): Plain<S, W> => new ColumnBuilder(specOf(type))

const sized = <S, W>(type: string, ...sizes: readonly (number | undefined)[]): Plain<S, W> => {
  const given = sizes.filter(size => size !== undefined)
  return plain(given.length === 0 ? type : `${type}(${given.join(',')})`)
}

const numbered = <S, W>(type: string): Numbered<S, W> =>
  new ColumnBuilder(specOf(type, { notNull: true }))

/** Any type, word for word: `type('public.geometry(Point,4326)')`. */
export const type = <S = unknown, W = S>(name: string): Plain<S, W> => plain(name)

export const smallint = (): Plain<number> => plain('smallint')
export const integer = (): Plain<number> => plain('integer')
/** Drivers read it as a string, since a number may be too small for it. */
export const bigint = (): Plain<string, string | number | bigint> => plain('bigint')
export const numeric = (precision?: number, scale?: number): Plain<string, string | number> =>
  sized('numeric', precision, scale)
/** Another word for numeric. */
export const decimal = numeric
export const real = (): Plain<number> => plain('real')
export const doublePrecision = (): Plain<number> => plain('double precision')
export const smallserial = (): Numbered<number, number> => numbered('smallserial')
export const serial = (): Numbered<number, number> => numbered('serial')
export const bigserial = (): Numbered<string, string | number | bigint> => numbered('bigserial')
export const money = (): Plain<string, string | number> => plain('money')

export const varchar = (length?: number): Plain<string> => sized('varchar', length)
export const char = (length?: number): Plain<string> => sized('char', length)
export const text = (): Plain<string> => plain('text')
/** Text without regard to case, from the extension of this name. */
export const citext = (): Plain<string> => plain('citext')
export const bytea = (): Plain<Uint8Array> => plain('bytea')

export const timestamp = (precision?: number): Plain<Date, Date | string> =>
  sized('timestamp', precision)
export const timestamptz = (precision?: number): Plain<Date, Date | string> =>
  sized('timestamptz', precision)
export const date = (): Plain<Date, Date | string> => plain('date')
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

export const boolean = (): Plain<boolean> => plain('boolean')

export const point = (): Plain<{ x: number; y: number }, string> => plain('point')
export const line = (): Plain<string> => plain('line')
export const lseg = (): Plain<string> => plain('lseg')
export const box = (): Plain<string> => plain('box')
export const path = (): Plain<string> => plain('path')
export const polygon = (): Plain<string> => plain('polygon')
export const circle = (): Plain<{ x: number; y: number; radius: number }, string> => plain('circle')

export const cidr = (): Plain<string> => plain('cidr')
export const inet = (): Plain<string> => plain('inet')
export const macaddr = (): Plain<string> => plain('macaddr')
export const macaddr8 = (): Plain<string> => plain('macaddr8')

export const bit = (length?: number): Plain<string> => sized('bit', length)
export const varbit = (length?: number): Plain<string> => sized('varbit', length)
export const tsvector = (): Plain<string> => plain('tsvector')
export const tsquery = (): Plain<string> => plain('tsquery')
export const uuid = (): Plain<string> => plain('uuid')
export const xml = (): Plain<string> => plain('xml')
/** JSON kept as text; the type parameter says what is in it. */
export const json = <T = unknown>(): Plain<T> => plain('json')
/** JSON kept in parts; the type parameter says what is in it. */
export const jsonb = <T = unknown>(): Plain<T> => plain('jsonb')
export const jsonpath = (): Plain<string> => plain('jsonpath')

export const int4range = (): Plain<string> => plain('int4range')
export const int8range = (): Plain<string> => plain('int8range')
export const numrange = (): Plain<string> => plain('numrange')
export const tsrange = (): Plain<string> => plain('tsrange')
export const tstzrange = (): Plain<string> => plain('tstzrange')
export const daterange = (): Plain<string> => plain('daterange')
export const int4multirange = (): Plain<string> => plain('int4multirange')
export const int8multirange = (): Plain<string> => plain('int8multirange')
export const nummultirange = (): Plain<string> => plain('nummultirange')
export const tsmultirange = (): Plain<string> => plain('tsmultirange')
export const tstzmultirange = (): Plain<string> => plain('tstzmultirange')
export const datemultirange = (): Plain<string> => plain('datemultirange')

export const oid = (): Plain<number> => plain('oid')
export const regclass = (): Plain<string> => plain('regclass')
export const regcollation = (): Plain<string> => plain('regcollation')
export const regconfig = (): Plain<string> => plain('regconfig')
export const regdictionary = (): Plain<string> => plain('regdictionary')
export const regnamespace = (): Plain<string> => plain('regnamespace')
export const regoper = (): Plain<string> => plain('regoper')
export const regoperator = (): Plain<string> => plain('regoperator')
export const regproc = (): Plain<string> => plain('regproc')
export const regprocedure = (): Plain<string> => plain('regprocedure')
export const regrole = (): Plain<string> => plain('regrole')
export const regtype = (): Plain<string> => plain('regtype')
export const xid8 = (): Plain<string, string | number | bigint> => plain('xid8')
export const pgLsn = (): Plain<string> => plain('pg_lsn')
export const pgSnapshot = (): Plain<string> => plain('pg_snapshot')
