import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('upgrade')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** What an upgrade to a revision had to say. */
const saidBy = (revision: string, sql = false) =>
  saidIn(upgrade({ ...project.input, revision, sql }))

async function saidIn(work: Promise<unknown>): Promise<string[]> {
  project.events.length = 0
  await work
  return project.events.flatMap(event => (event.type === 'progress' ? event.message : []))
}

test('an upgrade that has nothing to do says where the database is, and what was passed', async () => {
  expect(await saidBy('heads')).toEqual(['Nothing to do: there are no revisions.'])
  project.writeRevision({ id: 'a1' })
  project.writeRevision({ id: 'b1', down: 'a1' })
  expect(await saidBy('base')).toEqual(['Nothing to do: the database is at base.'])
  expect(await saidBy('+1')).toEqual([])
  expect(await saidBy('a1')).toEqual(['Nothing to do: the database is at a1.'])
  expect(await saidBy('head')).toEqual([])
  expect(await saidBy('head')).toEqual(['Nothing to do: the database is at b1.'])
  expect(await saidBy('a1')).toEqual([
    'Nothing to do: the database is past a1, at b1. `limbeck downgrade a1` goes down.',
  ])
  expect(await saidBy('base')).toEqual([
    'Nothing to do: the database is past base, at b1. `limbeck downgrade base` goes down.',
  ])
  expect(await saidBy('b1:head', true)).toEqual([])
})

test('a downgrade and a stamp that have nothing to do say so, too', async () => {
  project.writeRevision({ id: 'a1' })
  project.writeRevision({ id: 'b1', down: 'a1' })
  const down = (revision: string) => saidIn(downgrade({ ...project.input, revision }))
  const stamped = (revision: string, purge = false) =>
    saidIn(stamp({ ...project.input, revisions: [revision], purge }))
  expect(await down('base')).toEqual(['Nothing to do: the database is at base.'])
  expect(await stamped('a1')).toEqual([])
  expect(await stamped('a1')).toEqual(['Nothing to do: the database is at a1.'])
  expect(await down('a1')).toEqual(['Nothing to do: the database is at a1.'])
  expect(await stamped('base', true)).toEqual([])
})

test('an upgrade to what another revision depends on has it already', async () => {
  project.writeRevision({ id: 'a1' })
  const path = project.writeRevision({ id: 'b1' })
  writeFileSync(path, readFileSync(path, 'utf8').replace('dependsOn = null', "dependsOn = 'a1'"))
  await upgrade({ ...project.input, revision: 'heads' })
  expect(await saidBy('a1')).toEqual(['Nothing to do: the database is past a1, at b1.'])
})
