import {
  check,
  exclude,
  foreignKey,
  index,
  integer,
  primaryKey,
  sql,
  table,
  text,
  timestamptz,
  unique,
} from 'limbeck'

const columns = { id: integer(), email: text().notNull(), at: timestamptz() }

table('users', columns, t => [
  index('ix').on(t.email, t.at.desc().nullsLast(), sql`lower(email)`).include(t.id).unique(),
  primaryKey('pk').on(t.id),
  unique('u').on(t.email).nullsNotDistinct(),
  foreignKey('fk').on(t.id).references('people', ['id'], { onDelete: 'cascade' }),
  check('c', sql`id > 0`),
  exclude('ex').using('gist').on([t.at, '=']),
])
table('users', columns, { schema: 'auth', rowSecurity: 'enabled' })
table('users', columns, t => [index('ix').on(t.id)], { schema: 'auth', comment: 'people' })

// @ts-expect-error the table has no such column
table('users', columns, t => [index('ix').on(t.emial)])
// @ts-expect-error the table has no such column
table('users', columns, t => [unique('u').on(t.nick)])
// @ts-expect-error the table has no such column
table('users', columns, t => [primaryKey('pk').on(t.uid)])
// @ts-expect-error the table has no such column
table('users', columns, t => [foreignKey('fk').on(t.org_id).references('orgs', ['id'])])
// @ts-expect-error the table has no such column
table('users', columns, t => [exclude('ex').on([t.room, '='])])
// @ts-expect-error a column is no element of a table
table('users', columns, t => [t.email])
// @ts-expect-error a condition is SQL
table('users', columns, () => [check('c', 'id > 0')])
// @ts-expect-error no such option
table('users', columns, { shema: 'auth' })
// @ts-expect-error no such state
table('users', columns, { rowSecurity: 'on' })
