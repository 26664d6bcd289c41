import { expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { installation, isAtLeast } from '../../../src/commands/doctor/installation.ts'

test.each([
  ['20.19.0', '20.19.0', true],
  ['20.20.2', '20.19.0', true],
  ['20.9.0', '20.19.0', false],
  ['24.0.0', '20.19.0', true],
  ['18.20.8', '20.19.0', false],
  ['8.23', '8.23.0', true],
])('%s is at least %s: %s', (version, needed, isEnough) => {
  expect(isAtLeast(version, needed)).toBe(isEnough)
})

test('a Node that is too old is a problem, and the one that package.json names is not', () => {
  expect(installation('18.20.8').status).toBe('problem')
  expect(installation(packageJson.engines.node.slice(2)).status).toBe('ok')
})
