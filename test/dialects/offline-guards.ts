import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import type { Outcome } from '../support/run-program.ts'

/** A database that scripts are run on by its own client. */
export interface ScriptedDatabase {
  /** Feeds a script to the client. */
  run(script: string): Promise<Outcome>
  /** Everything in it, as the database's own program writes it. */
  dump(): Promise<string>
  drop(): Promise<void>
}

/** What the cases are tried on. */
export interface Guarded {
  readonly dialect: 'postgresql' | 'sqlite' | 'mysql'
  /** A client that can pass over the rest of a script ends well where there is nothing to do. */
  readonly endsQuietly: boolean
  open(): Promise<ScriptedDatabase>
  /** What a project may call its version table, and what creates the place for it. */
  readonly odd: { readonly config: object; readonly place?: string }
}

const reallyNothing = 'Nothing was done.'

/** What every dialect promises of the guard of a script: the same cases, run by its own client. */
export function promiseGuards(guarded: Guarded): void {
  const { dialect, endsQuietly } = guarded
  let project: TestProject
  let database: ScriptedDatabase

  /** `a1` is followed by `b2` and `c3`, which `d4` joins. */
  beforeEach(async () => {
    database = await guarded.open()
    project = createProject('postgresql://nowhere.invalid/x')
    configure()
    for (const [id, down, table] of [
      ['a1', null, 'one'],
      ['b2', 'a1', 'two'],
      ['c3', 'a1', 'three'],
      ['d4', ['b2', 'c3'], 'four'],
    ] as const)
      project.writeRevision({
        ...{ id, down },
        upgrade: `  op.createTable('${table}', { id: integer().primaryKey() })`,
        downgrade: `  op.dropTable('${table}')`,
      })
  })

  afterEach(async () => {
    project.remove()
    await database.drop()
  })

  const configure = (keys: object = {}) => project.configure({ url: undefined, dialect, ...keys })

  const scripts = {
    upgrade: async (revision: string) =>
      (await upgrade({ ...project.input, revision, sql: true })).sql!,
    downgrade: async (revision: string) =>
      (await downgrade({ ...project.input, revision, sql: true })).sql!,
    stamp: async (...revisions: string[]) =>
      (await stamp({ ...project.input, revisions, sql: true })).sql!,
  }

  const all = ({ stdout, stderr }: Outcome) => `${stdout}\n${stderr}`

  async function expectDone(script: string): Promise<void> {
    const outcome = await database.run(script)
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
  }

  /** Runs a script that has nothing to do. */
  async function expectNothingToDo(script: string, end: string): Promise<void> {
    const before = await database.dump()
    const outcome = await database.run(script)
    expect(all(outcome)).toContain(`limbeck: this database is at ${end} already. ${reallyNothing}`)
    expect(outcome.status === 0).toBe(endsQuietly)
    expect(await database.dump()).toBe(before)
  }

  /** Runs a script that has no business here; gives what was said. */
  async function expectRefused(script: string, ...words: string[]): Promise<string> {
    const before = await database.dump()
    const outcome = await database.run(script)
    expect(outcome.status).not.toBe(0)
    for (const word of [...words, reallyNothing]) expect(all(outcome)).toContain(word)
    expect(await database.dump()).toBe(before)
    return all(outcome)
  }

  test('a script runs where it starts, and a second run changes nothing', async () => {
    const script = await scripts.upgrade('head')
    await expectDone(script)
    expect(await database.dump()).toMatch(/'d4'/)
    await expectNothingToDo(script, 'd4')
    await expectDone(await scripts.downgrade('d4:base'))
    await expectDone(script)
  })

  test('anywhere else a script says where the database is, where it should be, and what to do', async () => {
    const rest = await scripts.upgrade('a1:head')
    await expectRefused(
      rest,
      'this database is at base, and this script starts at a1 and leads to d4',
      '`limbeck upgrade base:d4 --sql`',
    )
    await expectDone(await scripts.upgrade('b2'))
    await expectRefused(rest, 'at b2', '`limbeck upgrade b2:d4 --sql`')
    await expectRefused(await scripts.upgrade('head'), 'is at b2', 'starts at base')
    await expectDone(await scripts.upgrade('b2:head'))
  })

  test('a script that goes down looks as well, and base may be no table at all', async () => {
    const down = await scripts.downgrade('d4:base')
    await expectNothingToDo(down, 'base')
    await expectRefused(
      await scripts.downgrade('d4:a1'),
      'this database is at base, and this script starts at d4 and leads to a1',
      'At base there is nothing to undo.',
    )
    await expectDone(await scripts.upgrade('head'))
    await expectRefused(
      await scripts.downgrade('b2:base'),
      'at d4',
      '`limbeck downgrade d4:base --sql`',
    )
    await expectDone(down)
    await expectNothingToDo(down, 'base')
  })

  test('a stamp looks as well', async () => {
    const script = await scripts.stamp('a1')
    await expectDone(script)
    await expectNothingToDo(script, 'a1')
    await expectDone(await scripts.stamp('a1:d4'))
    await expectRefused(script, 'at d4', 'starts at base', '`limbeck stamp d4:a1 --sql`')
  })

  test('of several heads all have to be there, in any order, and no other', async () => {
    rmSync(join(project.folder, 'migrations/versions/d4_test.ts'))
    const up = await scripts.upgrade('heads')
    const down = await scripts.downgrade('heads:a1')
    await expectDone(await scripts.upgrade('c3'))
    await expectRefused(down, 'this database is at c3, and this script starts at b2, c3')
    await expectRefused(up, 'leads to b2, c3', '`limbeck upgrade c3:heads --sql`')
    await expectDone(await scripts.upgrade('c3:heads'))
    await expectNothingToDo(up, 'b2, c3')
    await expectRefused(await scripts.downgrade('b2:a1'), 'is at b2, c3', 'downgrade FROM:a1')
    await expectDone(down)
    await expectNothingToDo(down, 'a1')
  })

  test('the version table may have another name, in another place', async () => {
    configure(guarded.odd.config)
    if (guarded.odd.place !== undefined) await database.run(guarded.odd.place)
    const script = await scripts.upgrade('a1')
    await expectDone(script)
    await expectNothingToDo(script, 'a1')
    await expectRefused(await scripts.upgrade('head'), 'at a1')
    await expectDone(await scripts.upgrade('a1:head'))
  })

  test('what stopped between two revisions is not begun again, and goes on from there', async () => {
    configure({ transactionPerMigration: true })
    const script = await scripts.upgrade('b2')
    await database.run('CREATE TABLE two (id integer);')
    expect((await database.run(script)).status).not.toBe(0)
    await database.run('DROP TABLE two;')
    const rest = '`limbeck upgrade a1:b2 --sql`'
    if (dialect === 'mysql') {
      await expectRefused(await scripts.upgrade('a1:b2'), 'stopped in the middle of revision b2')
      await database.run(`DELETE FROM limbeck_ledger WHERE state = 'intent';`)
    }
    await expectRefused(script, 'this database is at a1', rest)
    await expectDone(await scripts.upgrade('a1:b2'))
    await expectNothingToDo(script, 'b2')
  })

  test('without the ledger, and without guards, a script is what it is', async () => {
    configure({ offlineLedger: false })
    const script = await scripts.upgrade('b2')
    expect(script).not.toContain('limbeck_ledger')
    await expectDone(script)
    await expectNothingToDo(script, 'b2')
    configure({ offlineLedger: false, offlineGuards: false })
    expect(await scripts.upgrade('b2:head')).not.toContain('limbeck')
    expect(all(await database.run(await scripts.upgrade('b2')))).toMatch(/\bone\b.* already exists/)
  })

  test('values arrive as they are, whatever the client makes of their signs', async () => {
    const signs = `:x :'x' ; \\ \\' 'q' "d" \`b\`\n.quit\n\\q\ndelimiter //\n-- $1 /* \t\r\n%s #ü😀 \\`
    project.writeRevision({
      id: 'a1',
      upgrade: `  op.createTable('signs', { plain: text() })
  op.execute('INSERT INTO signs VALUES ($1)', { parameters: [${JSON.stringify(signs)}] })`,
    })
    await expectDone(await scripts.upgrade('a1'))
    const hex = dialect === 'postgresql' ? `encode(convert_to(plain, 'UTF8'), 'hex')` : 'hex(plain)'
    const { stdout } = await database.run(`SELECT lower(${hex}) FROM signs;`)
    expect(stdout).toContain(Buffer.from(signs).toString('hex'))
  })
}
