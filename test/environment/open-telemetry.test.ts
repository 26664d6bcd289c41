import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { findOpenTelemetry } from '../../src/runtime/telemetry.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'

/** A span as the stand-in for an SDK has kept it. */
interface RecordedSpan {
  readonly name: string
  readonly parent: string | undefined
  readonly tracer: string
  readonly attributes: Record<string, unknown>
  readonly status: { readonly code: number; readonly message?: string } | undefined
  readonly exceptions: readonly { readonly name: string; readonly message: string }[]
  readonly ends: number
  readonly start: number
  readonly end: number
}

/** The shape of `@opentelemetry/api` 1.x, with an SDK behind it that keeps every span. */
const standIn = `
const { AsyncLocalStorage } = require('node:async_hooks')
const spans = (globalThis.limbeckSpans ??= [])
const storage = new AsyncLocalStorage()
const none = { span: undefined }
const context = { active: () => storage.getStore() ?? none, with: (one, work) => storage.run(one, work) }
const trace = {
  setSpan: (before, span) => ({ ...before, span }),
  getTracer(tracer, version) {
    const startSpan = (name, { attributes = {}, startTime } = {}, at = context.active()) => {
      const kept = {
        name, tracer: tracer + '@' + version, parent: at.span?.kept.name,
        attributes: { ...attributes }, exceptions: [], ends: 0, start: Number(startTime ?? new Date()),
      }
      spans.push(kept)
      const span = {
        kept,
        setAttribute(key, value) { kept.attributes[key] = value; return span },
        setAttributes(more) { Object.assign(kept.attributes, more); return span },
        recordException(exception) { kept.exceptions.push(exception) },
        setStatus(status) { kept.status = status; return span },
        isRecording: () => kept.ends === 0,
        end(endTime) { kept.ends++; kept.end = Number(endTime ?? new Date()) },
      }
      return span
    }
    return {
      startSpan,
      startActiveSpan(name, options, work) {
        const span = startSpan(name, options)
        return context.with(trace.setSpan(context.active(), span), () => work(span))
      },
    }
  },
}
module.exports = { trace, context, SpanStatusCode: { UNSET: 0, OK: 1, ERROR: 2 } }
`

let database: TestDatabase
let project: TestProject

const spans = (): RecordedSpan[] =>
  ((globalThis as Record<string, unknown>).limbeckSpans as RecordedSpan[] | undefined) ?? []

beforeEach(async () => {
  ;(globalThis as Record<string, unknown>).limbeckSpans = undefined
  database = await (await postgresServer()).createDatabase('spans')
  project = createProject(database.url)
  const api = 'node_modules/@opentelemetry/api'
  project.write(`${api}/package.json`, '{ "name": "@opentelemetry/api", "main": "index.js" }')
  project.write(`${api}/index.js`, standIn)
  project.writeRevision({
    id: 'a',
    upgrade: `op.createTable('t', { id: integer() })
      op.execute('SELECT 1')`,
    downgrade: `op.dropTable('t')`,
  })
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

test('a run is a span with one inside it for each revision', async () => {
  project.writeRevision({ id: 'b', down: 'a', upgrade: 'op.run(async () => {})' })
  await upgrade({ ...project.input, revision: 'head' })
  const url = new URL(database.url)
  const ofDatabase = {
    'db.system.name': 'postgresql',
    'db.namespace': database.name,
    'server.address': url.hostname,
    'server.port': Number(url.port),
  }
  const revision = (id: string, statements: number) => ({
    name: 'limbeck.revision',
    parent: 'limbeck.upgrade',
    attributes: {
      ...ofDatabase,
      'limbeck.revision': id,
      'limbeck.direction': 'upgrade',
      'limbeck.message': `does ${id}`,
      'limbeck.statements': statements,
      'limbeck.milliseconds': expect.any(Number),
    },
    exceptions: [],
    ends: 1,
  })
  expect(spans()).toMatchObject([
    {
      name: 'limbeck.upgrade',
      parent: undefined,
      tracer: expect.stringMatching(/^limbeck@\d/),
      attributes: {
        ...ofDatabase,
        'limbeck.from': [],
        'limbeck.to': ['b'],
        'limbeck.revisions': 2,
      },
      ends: 1,
    },
    revision('a', 2),
    revision('b', 0),
  ])
  const [run, ...revisions] = spans()
  for (const { start, end } of revisions)
    expect([run!.start <= start, start <= end, end <= run!.end]).toEqual([true, true, true])
  expect(spans().flatMap(span => span.status ?? [])).toEqual([])
})

test('what fails is recorded where it failed and for the run, without a password', async () => {
  project.writeRevision({
    id: 'b',
    down: 'a',
    upgrade: "op.execute(`SELECT 'postgresql://app:opensesame@h/d'::integer`)",
  })
  await upgrade({ ...project.input, revision: 'head' }).catch(() => {})
  const failed = { status: { code: 2 }, exceptions: [{ name: 'STATEMENT_FAILED' }], ends: 1 }
  expect(spans()).toMatchObject([
    { name: 'limbeck.upgrade', ...failed },
    { attributes: { 'limbeck.revision': 'a' }, exceptions: [], ends: 1 },
    { attributes: { 'limbeck.revision': 'b' }, ...failed },
  ])
  expect(JSON.stringify(spans())).toContain('Upgrade of b failed')
  expect(JSON.stringify(spans())).not.toContain('opensesame')
})

test('there are none where there is nothing to do, nothing to do it with, or where they are not wanted', async () => {
  await upgrade({ ...project.input, revision: 'head' })
  expect(spans()).toHaveLength(2)
  await upgrade({ ...project.input, revision: 'head' })
  expect(spans()).toHaveLength(2)
  await downgrade({ ...project.input, revision: 'base' })
  expect(
    spans()
      .slice(2)
      .map(({ name }) => name),
  ).toEqual(['limbeck.downgrade', 'limbeck.revision'])
  project.configure({ openTelemetry: false })
  await upgrade({ ...project.input, revision: 'head' })
  expect(spans()).toHaveLength(4)
})

test('an API that is not there, or broken, is none, and keeps no run from its work', () => {
  expect(findOpenTelemetry('/nowhere')).toBeUndefined()
  const broken = project.write('other/node_modules/@opentelemetry/api/index.js', 'throw 1')
  expect(findOpenTelemetry(dirname(dirname(dirname(dirname(broken)))))).toBeUndefined()
})
