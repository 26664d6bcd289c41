/** A SQL type in the builders' spelling, taken apart: `varchar(20)[]` → varchar, [20], '[]'. */
export interface TypeName {
  /** Without arguments: `timestamptz`, `double precision`, `public.status`. */
  readonly base: string
  readonly arguments: readonly number[]
  /** Brackets of an array, empty for a plain type. */
  readonly array: string
}

/** Takes a type's name apart. */
export function parseTypeName(type: string): TypeName {
  const [, name = type, list = '', rest = '', array = ''] =
    /^([^([]*)(?:\(([^)]*)\))?([^([]*)((?:\[\d*\])*)$/.exec(type.trim()) ?? []
  return {
    base: `${name.trim()} ${rest.trim()}`.trim(),
    arguments: list === '' ? [] : list.split(',').map(Number),
    array,
  }
}

const serials: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial: 'integer',
  bigserial: 'bigint',
}

/** The integer type behind `serial` and its like; undefined for any other type. */
export function serialBase(type: string): string | undefined {
  return serials[type]
}
