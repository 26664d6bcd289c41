import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/dialect.ts'
import { connectServer } from '../../../src/dialects/postgresql/connect/server.ts'
import { readIndexBuild } from '../../../src/dialects/postgresql/index-build.ts'
import { postgresServer, type TestDatabase } from '../../support/servers.ts'

let database: TestDatabase
let watcher: Connection
let builder: Connection
let reader: Client

beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('index_build')
  const connect = () => connectServer({ url: database.url })
  ;[watcher, builder] = await Promise.all([connect(), connect()])
  reader = new Client({ connectionString: database.url })
  await reader.connect()
  await reader.query('CREATE SCHEMA "My Schema"; CREATE TABLE "My Schema".t (n integer)')
})

afterAll(async () => {
  await Promise.all([watcher.close(), builder.close(), reader.end()])
  await database.drop()
})

test('another session sees which index is built, and in which phase the server is', async () => {
  expect(await readIndexBuild(watcher, builder.sessionId!)).toBeUndefined()
  await reader.query('BEGIN; INSERT INTO "My Schema".t VALUES (1)')
  const building = builder.query('CREATE INDEX CONCURRENTLY ix ON "My Schema".t (n)')
  const seen = async () => readIndexBuild(watcher, builder.sessionId!)
  while ((await seen())?.index == null) await sleep(5)
  expect(await seen()).toEqual({
    table: '"My Schema".t',
    index: 'ix',
    phase: 'waiting for writers before build',
  })
  await reader.query('COMMIT')
  await building
  expect(await seen()).toBeUndefined()
})
