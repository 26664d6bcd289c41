import fc, { type Arbitrary } from 'fast-check'

/**
 * An arbitrary for every field of a type, also for those that may be absent: a field that is added
 * to the type and not here does not compile.
 */
export type Fields<T> = { readonly [F in keyof Required<T>]: Arbitrary<T[F]> }

/** Values of a type, from arbitraries of its fields. */
export const valuesOf = <T>(fields: Fields<T>): Arbitrary<T> =>
  fc.record(fields as Record<string, Arbitrary<unknown>>) as Arbitrary<T>

/** The same, where each field is there or is not. */
export const changesOf = <T>(
  fields: {
    readonly [F in keyof Required<T>]: Arbitrary<Required<T>[F]>
  },
): Arbitrary<T> =>
  fc.record(fields as Record<string, Arbitrary<unknown>>, { requiredKeys: [] }) as Arbitrary<T>

/** Absent as often as not. */
export const maybe = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 1 })

export const never: Arbitrary<undefined> = fc.constant(undefined)

export const flag: Arbitrary<true | undefined> = fc.constantFrom(undefined, true)

export const several = <T>(arbitrary: Arbitrary<T>): Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 3 })

/** Names that break careless code: quotes, dots, key words, numbers, templates, emoji. */
const awkward = [
  ...[
    'a',
    'users',
    'order',
    'Order',
    'a.b',
    'it’s',
    "it's",
    'say "hi"',
    'back`tick',
    '${x}',
    '\\n',
  ],
  ...['__proto__', 'constructor', '1', '007', 'with space', 'π', '🦉', 't', 'op', 'public', '-'],
]
export const name = fc.oneof(
  fc.constantFrom(...awkward),
  fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
)
export const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 })

/** Texts that break careless quoting. */
export const words = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    "it's",
    '`${a}` \\d+',
    'a\nb',
    'a\r\nb\r',
    '\\',
    '$',
    '${',
    '\u2028',
    '\t',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
export const comment = maybe(words)
export const schema = fc.constantFrom(undefined, 'public', 'auth', 'My Schema')
export const qualified = fc.record({ schema, name })
export const texts = fc.dictionary(name, words, { maxKeys: 2 })
export const parameters = fc.dictionary(
  fc.constantFrom('fillfactor', 'toast.x', 'a b'),
  fc.constantFrom('70', '0.50', 'on', '-1', '1e3', "it's"),
)
export const big = fc.constantFrom(1n, -1n, 2n ** 62n, -(2n ** 63n), 100n)
