import { expect, test } from 'vitest'
import { importDriver } from '../../../../src/dialects/postgresql/connect/driver.ts'

test('a driver that is not installed is missed with the command that installs it', async () => {
  const name = '@electric-sql/not-published'
  await expect(importDriver(name, () => import(/* @vite-ignore */ name))).rejects.toMatchObject({
    code: 'DRIVER_MISSING',
    message: expect.stringContaining(name),
    hint: `Install it with \`npm install ${name}\`.`,
  })
})

test('a driver that is broken is not taken for a missing one', async () => {
  const broken = new SyntaxError('Unexpected token')
  await expect(importDriver('pg', () => Promise.reject(broken))).rejects.toBe(broken)
})
