import { describe, expect, test } from 'vitest'
import { parseUrl } from '../../../../src/dialects/postgresql/connect/url.ts'

const reads = (url: string) => {
  const { parameters, ...address } = parseUrl(url)
  return { ...address, parameters: Object.fromEntries(parameters) }
}

const nothing = { user: undefined, password: undefined, database: undefined, parameters: {} }

/** The examples of libpq's manual, "Connection URIs", and what it says they mean. */
describe('the examples of libpq', () => {
  test.each([
    ['postgresql://', [{}], {}],
    ['postgresql://localhost', [{ host: 'localhost' }], {}],
    ['postgresql://localhost:5433', [{ host: 'localhost', port: 5433 }], {}],
    ['postgresql://localhost/mydb', [{ host: 'localhost' }], { database: 'mydb' }],
    ['postgresql://user@localhost', [{ host: 'localhost' }], { user: 'user' }],
    [
      'postgresql://user:secret@localhost',
      [{ host: 'localhost' }],
      { user: 'user', password: 'secret' },
    ],
    [
      'postgresql://other@localhost/otherdb?connect_timeout=10&application_name=myapp',
      [{ host: 'localhost' }],
      {
        user: 'other',
        database: 'otherdb',
        parameters: { connect_timeout: '10', application_name: 'myapp' },
      },
    ],
    [
      'postgresql://host1:123,host2:456/somedb?target_session_attrs=any',
      [
        { host: 'host1', port: 123 },
        { host: 'host2', port: 456 },
      ],
      { database: 'somedb', parameters: { target_session_attrs: 'any' } },
    ],
    [
      'postgresql:///mydb?host=localhost&port=5433',
      [{ host: 'localhost', port: 5433 }],
      { database: 'mydb', parameters: { host: 'localhost', port: '5433' } },
    ],
    [
      'postgresql://user@localhost:5433/mydb?options=-c%20synchronous_commit%3Doff',
      [{ host: 'localhost', port: 5433 }],
      { user: 'user', database: 'mydb', parameters: { options: '-c synchronous_commit=off' } },
    ],
    [
      'postgresql://[2001:db8::1234]/database',
      [{ host: '2001:db8::1234' }],
      { database: 'database' },
    ],
    [
      'postgresql:///dbname?host=/var/lib/postgresql',
      [{ host: '/var/lib/postgresql' }],
      { database: 'dbname', parameters: { host: '/var/lib/postgresql' } },
    ],
    [
      'postgresql://%2Fvar%2Flib%2Fpostgresql/dbname',
      [{ host: '/var/lib/postgresql' }],
      { database: 'dbname' },
    ],
  ])('%s', (url, hosts, rest) => {
    expect(reads(url)).toEqual({ ...nothing, ...rest, hosts })
  })
})

test.each([
  'postgres',
  'postgresql',
  'postgresql+psycopg',
  'postgresql+psycopg2',
  'postgresql+asyncpg',
  'postgresql+pg8000',
  'POSTGRESQL',
])('the scheme %s is known', scheme => {
  expect(parseUrl(`${scheme}://app@db:5433/shop`)).toMatchObject({
    hosts: [{ host: 'db', port: 5433 }],
    user: 'app',
    database: 'shop',
  })
})

test.each([
  ['p%40ss%2Fw%3Ard%25', 'p@ss/w:rd%'],
  ['p@ss', 'p@ss'],
  ['p/ss?w#rd', 'p/ss?w#rd'],
  ['p@ss/w:rd#1', 'p@ss/w:rd#1'],
  ['a:b:c', 'a:b:c'],
  ['50%off', '50%off'],
  ['p+w', 'p+w'],
])('the password %s is understood', (written, password) => {
  expect(parseUrl(`postgresql://app:${written}@db:5432/shop?sslmode=disable`)).toMatchObject({
    hosts: [{ host: 'db', port: 5432 }],
    user: 'app',
    password,
    database: 'shop',
  })
})

/** The examples of SQLAlchemy's manual on its drivers for PostgreSQL. */
test.each([
  [
    'postgresql+psycopg2://user:password@/dbname?host=/var/lib/postgresql',
    [{ host: '/var/lib/postgresql' }],
  ],
  [
    'postgresql+psycopg2://user:password@/dbname?host=HostA:5432&host=HostB:5432&host=HostC:5433',
    [
      { host: 'HostA', port: 5432 },
      { host: 'HostB', port: 5432 },
      { host: 'HostC', port: 5433 },
    ],
  ],
  [
    'postgresql+psycopg2://user:password@/dbname?host=HostA,HostB&port=5432,5433',
    [
      { host: 'HostA', port: 5432 },
      { host: 'HostB', port: 5433 },
    ],
  ],
  [
    'postgresql+asyncpg://user:password@HostA/dbname?prepared_statement_cache_size=500&async_fallback=true',
    [{ host: 'HostA' }],
  ],
  ['postgresql+pg8000://user:password@HostA/dbname?client_encoding=utf8', [{ host: 'HostA' }]],
])('%s is understood', (url, hosts) => {
  expect(parseUrl(url)).toMatchObject({
    hosts,
    user: 'user',
    password: 'password',
    database: 'dbname',
  })
})

test('an @ in the name of a database is not taken for the end of a password', () => {
  expect(parseUrl('postgresql://app:p@db:5432/a@b')).toMatchObject({
    hosts: [{ host: 'db', port: 5432 }],
    password: 'p',
    database: 'a@b',
  })
})

test('an @ in a parameter is not taken for the end of a password', () => {
  expect(parseUrl('postgresql://h1:1,h2:2/shop?application_name=a@b')).toMatchObject({
    hosts: [
      { host: 'h1', port: 1 },
      { host: 'h2', port: 2 },
    ],
    database: 'shop',
  })
})

test.each([
  ['mysql://app:hunter2@db/shop', 'its scheme is mysql'],
  ['app:hunter2@db/shop', 'it does not begin with postgresql://'],
  ['host=db password=hunter2', 'it does not begin with postgresql://'],
  ['postgresql://app:hunter2@db:port/shop', 'its port is not a number between 1 and 65535'],
  ['postgresql://app:hunter2@db:70000/shop', 'its port is not a number between 1 and 65535'],
  ['postgresql://app:hunter2@undefined/shop', 'its host is the word "undefined"'],
  ['postgresql://app:hunter2@db1,undefined/shop', 'its host is the word "undefined"'],
  ['postgresql://undefined:hunter2@db/shop', 'its user is the word "undefined"'],
  ['postgresql://app:undefined@db/shop', 'its password is the word "undefined"'],
  ['postgresql://app:hunter2@db/undefined', 'its database is the word "undefined"'],
])('%s is refused without showing the password', (url, reason) => {
  const refusal = expect(() => parseUrl(url))
  refusal.toThrow(expect.objectContaining({ code: 'URL_INVALID', facts: { reason } }))
  refusal.toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }))
})

test.each([
  ['sqlite:///app.db', 'sqlite'],
  ['mysql+pymysql://app:hunter2@db/shop', 'mysql'],
  ['mariadb://app:hunter2@db/shop', 'mysql'],
])('%s is of another dialect, which the hint names', (url, dialect) => {
  expect(() => parseUrl(url)).toThrow(
    expect.objectContaining({
      code: 'URL_INVALID',
      hint: expect.stringContaining(`\`dialect: '${dialect}'\``),
    }),
  )
})
