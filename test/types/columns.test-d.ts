import {
  bigint,
  boolean,
  bytea,
  enumType,
  integer,
  jsonb,
  numeric,
  sql,
  table,
  text,
  timestamptz,
  type,
  uuid,
  varchar,
} from 'limbeck'

// A default is a value of the column's type, or SQL.
integer().default(1)
integer().default(sql`random() * 10`)
varchar(20).default('x')
boolean().notNull().default(false)
bigint().default(1n)
bigint().default('9223372036854775807')
numeric(10, 2).default('0.00')
timestamptz().default('2020-01-01')
jsonb<{ a: number }>().default('{}')
text().array().default('{}')
text().default(null)
type('public.geometry').default('POINT(0 0)')
bytea().default('\\x00')
enumType('status', ['new', 'paid']).default('new')
// @ts-expect-error a text is no integer
integer().default('1')
// @ts-expect-error a number is no text
varchar(20).default(1)
// @ts-expect-error 'false' is no boolean
boolean().default('false')
// @ts-expect-error a Date cannot be spelled for every session alike
timestamptz().default(new Date())
// @ts-expect-error not a value of the enum
enumType('status', ['new', 'paid']).default('sold')
// @ts-expect-error not an array as PostgreSQL spells it
text().array().default('x')
// @ts-expect-error NULL is no default of a column that may not be null
text().notNull().default(null)
// @ts-expect-error a plain text is no SQL
integer().check('age > 0', 'age_positive')
// @ts-expect-error a function instead of its result
uuid().default(sql)

// What no builder has.
// @ts-expect-error columns may be null unless they are told otherwise
integer().nullable()
// @ts-expect-error a misspelled link
integer().notnull()
// @ts-expect-error lengths are numbers
varchar('255')
// @ts-expect-error no such action
integer().references('users.id', { onDelete: 'vanish' })
// @ts-expect-error the name comes last
integer().named('n').notNull()
// @ts-expect-error identity options are numbers
integer().identity({ start: 'one' })

// Columns are builders.
// @ts-expect-error the name of a type is no column
table('users', { id: 'integer' })
// @ts-expect-error a builder that was not called
table('users', { id: integer })
