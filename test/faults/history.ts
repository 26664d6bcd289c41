import type { CliProject } from '../support/cli-project.ts'

/** How much there is to begin with: rows, and by how many characters each is longer than it need be. */
export interface StartSize {
  readonly rows: number
  readonly padding: number
}

/** What the history begins with: rows in a table that is partitioned, and in one that is not. */
export const startSql = ({ rows, padding }: StartSize): string => `
CREATE TABLE log (what text NOT NULL);
CREATE TABLE item (id bigint PRIMARY KEY, n integer NOT NULL, code text NOT NULL);
INSERT INTO item SELECT i, 0, 'c' || i || repeat('-', ${padding}) FROM generate_series(1, ${rows}) AS i;
CREATE TABLE event (at date NOT NULL, n integer) PARTITION BY RANGE (at);
CREATE TABLE event_old PARTITION OF event FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE event_new PARTITION OF event FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
INSERT INTO event SELECT date '2020-01-01' + i, i FROM generate_series(0, 700) AS i;
CREATE INDEX item_old ON item (code, n);
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE moved (id bigint);
CREATE PROCEDURE move_items(upto bigint) LANGUAGE plpgsql AS $$
DECLARE last bigint;
BEGIN
  LOOP
    SELECT coalesce(max(id), 0) INTO last FROM moved;
    EXIT WHEN last >= upto;
    INSERT INTO moved SELECT i FROM generate_series(last + 1, least(last + 50, upto)) AS i;
    COMMIT;
  END LOOP;
END $$;
ANALYZE;
`

/** A line of `log` for every time that something is done: doing it twice shows. */
const note = (what: string) => `op.execute("INSERT INTO log VALUES ('${what}')")`

interface Revision {
  readonly upgrade: readonly string[]
  readonly downgrade: readonly string[]
}

/** Every way in which a revision may be committed, in a chain. */
const revisions: readonly Revision[] = [
  {
    upgrade: [
      "op.createTable('person', { id: integer().primaryKey(), name: text().notNull() })",
      `op.execute("INSERT INTO person SELECT i, 'p' || i FROM generate_series(1, 200) AS i")`,
      note('table'),
    ],
    downgrade: ["op.dropTable('person')", note('no table')],
  },
  {
    upgrade: ["op.createIndex('item_code', 'item', ['code'], { concurrently: true })"],
    downgrade: ["op.dropIndex('item_code', { table: 'item', concurrently: true })"],
  },
  {
    upgrade: [
      note('before the key'),
      "op.createUniqueConstraint('item_code_key', 'item', ['code'], { concurrently: true })",
      note('behind the key'),
    ],
    downgrade: [note('before no key'), "op.dropConstraint('item_code_key', 'item')"],
  },
  {
    upgrade: [
      "op.addColumn('item', { filled: integer() })",
      "op.backfill('item', { set: { n: sql`n + 1`, filled: 1 }, batchSize: 300, batchTime: 2 })",
      "op.alterColumn('item', 'filled', { nullable: false })",
      note('filled'),
    ],
    downgrade: [
      "op.backfill('item', { set: { n: sql`n - 1` }, batchSize: 500, batchTime: 2 })",
      "op.dropColumn('item', 'filled')",
    ],
  },
  {
    upgrade: [
      "op.addEnumValue('mood', 'fine')",
      "op.addColumn('person', { mood: type('mood') })",
      `op.execute("UPDATE person SET mood = 'fine' WHERE id % 2 = 0")`,
      note('fine'),
    ],
    downgrade: [
      "op.dropColumn('person', 'mood')",
      "op.execute('DROP TYPE mood')",
      "op.createEnum('mood', ['sad'])",
      note('not fine'),
    ],
  },
  {
    upgrade: [
      "op.createCheckConstraint('item_n', 'item', sql`n > 0`, { notValid: true })",
      `op.autocommit(() => {
    op.validateConstraint('item_n', 'item')
    op.addColumn('item', { later: text() })
    ${note('alone')}
    op.execute("UPDATE person SET name = name || '!'")
    op.execute('INSERT INTO log VALUES ($1)', { parameters: ['bound'] })
  })`,
      note('behind what is alone'),
    ],
    downgrade: [
      `op.autocommit(() => {
    op.execute("UPDATE person SET name = rtrim(name, '!')")
    op.dropColumn('item', 'later')
    ${note('alone again')}
  })`,
      "op.dropConstraint('item_n', 'item')",
    ],
  },
  {
    upgrade: [
      note('before the detachment'),
      "op.execute('ALTER TABLE event DETACH PARTITION event_old CONCURRENTLY')",
      "op.execute('DELETE FROM event_old WHERE n % 2 = 0')",
    ],
    downgrade: [
      `op.execute("INSERT INTO event_old SELECT date '2020-01-01' + i, i FROM generate_series(0, 365, 2) AS i")`,
      `op.execute("ALTER TABLE event ATTACH PARTITION event_old FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')")`,
    ],
  },
  {
    upgrade: [
      "op.dropIndex('item_old', { table: 'item', concurrently: true })",
      "op.execute('REINDEX TABLE CONCURRENTLY item')",
      "op.execute('REINDEX INDEX CONCURRENTLY item_code')",
      "op.execute('VACUUM item')",
      note('built anew'),
    ],
    downgrade: [
      note('before the old index'),
      "op.execute('CREATE INDEX CONCURRENTLY item_old ON item (code, n)')",
      note('behind the old index'),
    ],
  },
  {
    upgrade: [
      `op.run(async ({ connection }) => {
    const { rows } = await connection.query('SELECT count(*) AS n FROM item')
    await connection.query('INSERT INTO log VALUES ($1)', [\`counted \${rows[0]?.n}\`])
  })`,
    ],
    downgrade: [note('not counted')],
  },
  {
    upgrade: [
      note('before the procedure'),
      "op.autocommit(() => op.execute('CALL move_items(1000)'), { repeatable: true })",
      `op.autocommit(() => op.run(async ({ connection }) => {
    await connection.query('DELETE FROM moved WHERE id > 990')
  }), { repeatable: true })`,
      note('behind the procedure'),
    ],
    downgrade: [
      "op.autocommit(() => op.execute('DO $$ BEGIN DELETE FROM moved; COMMIT; END $$'), { repeatable: true })",
    ],
  },
  {
    upgrade: [
      "op.createIndex('item_n', 'item', ['n', 'code'], { concurrently: true, where: sql`n > 0` })",
      "op.createIndex('person_name', 'person', ['name'], { unique: true, concurrently: true })",
    ],
    downgrade: [
      "op.dropIndex('person_name', { table: 'person', concurrently: true })",
      "op.execute('DROP INDEX CONCURRENTLY item_n')",
    ],
  },
  { upgrade: [note('the end')], downgrade: [note('the beginning')] },
]

const idOf = (at: number) => `r${String(at).padStart(2, '0')}`

/** The ids of the revisions, first to last. */
export const revisionIds: readonly string[] = revisions.map((_, at) => idOf(at))

/**
 * Writes a project for a server; its config takes from the environment which database, and how many
 * transactions.
 */
export function writeHistory(project: CliProject, major: number): void {
  project.write(
    'limbeck.config.js',
    `export default {
  url: process.env.DATABASE_URL,
  transactionPerMigration: process.env.EACH_ALONE === 'true',
  log: { sql: true },
}
`,
  )
  for (const [at, revision] of revisions.entries())
    project.write(`migrations/versions/${idOf(at)}_history.ts`, asFor(major, textOf(at, revision)))
}

/** Before PostgreSQL 14 partitions are detached in a transaction. */
const asFor = (major: number, text: string): string =>
  major < 14 ? text.replace(' event_old CONCURRENTLY', ' event_old') : text

const textOf = (at: number, { upgrade, downgrade }: Revision): string => `/** ${idOf(at)} */
import { integer, type Op, sql, text, type } from 'limbeck'
export const revision = '${idOf(at)}'
export const downRevision = ${at === 0 ? 'null' : `'${idOf(at - 1)}'`}
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
  ${upgrade.join('\n  ')}
}
export function downgrade(op: Op) {
  ${downgrade.join('\n  ')}
}
`
