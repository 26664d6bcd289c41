import { expect, test, vi } from 'vitest'
import { firstUrl } from '../../src/credentials/first-url.ts'

test('the first place that has a URL wins, and those behind it are not asked', async () => {
  const later = vi.fn(() => 'c')
  expect(
    await firstUrl(
      undefined,
      '',
      () => undefined,
      async () => 'b',
      later,
    ),
  ).toBe('b')
  expect(later).not.toHaveBeenCalled()
  expect(await firstUrl(() => undefined)).toBeUndefined()
})

test('a place that fails is not passed over', async () => {
  const broken = () => Promise.reject(new Error('no right to read it'))
  await expect(firstUrl(broken, 'postgresql://other')).rejects.toThrow('no right to read it')
})
