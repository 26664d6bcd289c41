import {
  bigint,
  boolean,
  type Database,
  domain,
  enumType,
  type InsertOf,
  integer,
  jsonb,
  numeric,
  type RowOf,
  serial,
  sql,
  table,
  text,
  timestamptz,
  type UpdateOf,
  uuid,
  varchar,
} from 'limbeck'
import { type Equal, expectType } from './expect.ts'

const email = domain('email', varchar(320))
const users = table('users', {
  id: uuid().primaryKey().default(sql`gen_random_uuid()`),
  number: bigint().identity({ always: true }),
  position: integer().identity(),
  email: email.notNull(),
  nick: text(),
  balance: numeric(10, 2).notNull().default(0),
  status: enumType('status', ['new', 'paid']).notNull(),
  tags: text().array().notNull(),
  matrix: integer().array(2),
  settings: jsonb<{ dark: boolean }>(),
  is_verified: boolean().notNull().default(false),
  created_at: timestamptz().notNull().default(sql`now()`),
  lower_email: text().generatedAs(sql`lower(email)`),
  tenantId: integer().notNull().named('tenant_id'),
  opaque: text().notNull().typed<'a' | 'b'>(),
})
const audit = table('entries', { id: serial().primaryKey() }, { schema: 'audit' })

type Row = {
  id: string
  number: string
  position: number
  email: string
  nick: string | null
  balance: string
  status: 'new' | 'paid'
  tags: string[]
  matrix: number[][] | null
  settings: { dark: boolean } | null
  is_verified: boolean
  created_at: Date
  lower_email: string | null
  tenant_id: number
  opaque: 'a' | 'b'
}
expectType<Equal<RowOf<typeof users>, Row>>()

type Insert = InsertOf<typeof users>
const least: Insert = { email: 'a@b', status: 'new', tags: [], tenant_id: 1, opaque: 'a' }
const most: Insert = {
  ...least,
  id: 'x',
  position: 2,
  nick: null,
  balance: 1,
  matrix: [[1]],
  settings: { dark: true },
  is_verified: true,
  created_at: '2020-01-01',
}
// @ts-expect-error GENERATED ALWAYS is not inserted
const always: Insert = { ...least, number: '1' }
// @ts-expect-error a generated column is not inserted
const generated: Insert = { ...least, lower_email: 'x' }
// @ts-expect-error the email is missing
const missing: Insert = { status: 'new', tags: [], tenant_id: 1, opaque: 'a' }
// @ts-expect-error not a value of the enum
const wrong: Insert = { ...least, status: 'sold' }
// @ts-expect-error the column's name is tenant_id
const key: Insert = { ...least, tenantId: 1 }

const update: UpdateOf<typeof users> = { nick: null, balance: '1.00' }
// @ts-expect-error GENERATED ALWAYS is not updated
const updateAlways: UpdateOf<typeof users> = { number: '1' }
// @ts-expect-error the email may not be null
const updateNull: UpdateOf<typeof users> = { email: null }

// Kysely's own helpers, as it defines them.
type ColumnType<S, I = S, U = S> = {
  readonly __select__: S
  readonly __insert__: I
  readonly __update__: U
}
type SelectType<T> = T extends ColumnType<infer S, unknown, unknown> ? S : T
type InsertType<T> = T extends ColumnType<unknown, infer I, unknown> ? I : T
type Selectable<R> = { [K in keyof R]: SelectType<R[K]> }
type NonNullableInsertKeys<R> = {
  [K in keyof R]: [InsertType<R[K]>] extends [never]
    ? never
    : undefined extends InsertType<R[K]>
      ? never
      : K
}[keyof R]

const models = { users, audit, helper: () => 1, version: '1' }
type DB = Database<typeof models>
expectType<Equal<keyof DB, 'users' | 'audit.entries'>>()
expectType<Equal<Selectable<DB['users']>, Row>>()
expectType<
  Equal<NonNullableInsertKeys<DB['users']>, 'email' | 'status' | 'tags' | 'tenant_id' | 'opaque'>
>()
expectType<Equal<InsertType<DB['users']['number']>, never>>()
expectType<Equal<InsertType<DB['users']['balance']>, string | number | undefined>>()
expectType<Equal<InsertType<DB['users']['nick']>, string | null | undefined>>()
expectType<Equal<Selectable<DB['audit.entries']>, { id: number }>>()

export { always, generated, key, missing, most, update, updateAlways, updateNull, wrong }
