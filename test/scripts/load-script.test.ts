import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { LimbeckError } from '../../src/errors.ts'
import type { Op } from '../../src/operations/op.ts'
import { loadScript } from '../../src/scripts/load-script.ts'
import { scanRevision } from '../../src/scripts/scan.ts'

const folder = mkdtempSync(join(tmpdir(), 'limbeck-load-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const header = `export const revision = 'r1'\nexport const downRevision = null\n`
const op = { dropTable: (name: string) => name } as unknown as Op
let count = 0

async function load(body: string) {
  const path = join(folder, `script-${count++}.ts`)
  writeFileSync(path, header + body)
  return loadScript(await scanRevision(path, header + body))
}

test('a script has the revision that was scanned and both functions', async () => {
  const script = await load(`
    export function upgrade(op: { dropTable(name: string): string }) { return op.dropTable('up') }
    export const downgrade = (op: { dropTable(name: string): string }) => op.dropTable('down')`)
  expect(script).toMatchObject({ id: 'r1', downRevisions: [] })
  expect([script.upgrade(op), script.downgrade(op)]).toEqual(['up', 'down'])
})

test('a promise comes through, for the recorder to refuse', async () => {
  const script = await load(
    `export async function upgrade() {}\nexport async function downgrade() {}`,
  )
  expect(script.upgrade(op)).toBeInstanceOf(Promise)
})

test('an export that is no function is refused', async () => {
  await expect(load(`export const upgrade = 'up'\nexport function downgrade() {}`)).rejects.toThrow(
    expect.objectContaining({ code: 'REVISION_EXPORT_MISSING', facts: expect.anything() }) as Error,
  )
})

test('a file that is another revision when it is run is refused', async () => {
  const path = join(folder, `script-${count++}.ts`)
  const body = `export function upgrade() {}\nexport function downgrade() {}`
  writeFileSync(path, header + body)
  const scanned = await scanRevision(path, header.replace('r1', 'r2') + body)
  await expect(loadScript(scanned)).rejects.toThrow('read as revision r2, and is revision r1')
})

test('what a function throws has the place in the file', async () => {
  const script = await load(
    `export function upgrade() { throw new Error('oops') }\nexport function downgrade() {}`,
  )
  expect(() => script.upgrade(op)).toThrow(
    expect.objectContaining({
      code: 'SCRIPT_FAILED',
      message: expect.stringMatching(/script-\d+\.ts:3:\d+: oops$/),
    }) as Error,
  )
})

test('an error of limbeck’s own comes through as it is', async () => {
  const script = await load(
    `export function upgrade(op: any) { op.dropTable() }\nexport function downgrade() {}`,
  )
  const refuse = () => {
    throw new LimbeckError('USAGE', 'said by the recorder')
  }
  expect(() => script.upgrade({ dropTable: refuse } as unknown as Op)).toThrow(
    expect.objectContaining({ code: 'USAGE' }) as Error,
  )
})
