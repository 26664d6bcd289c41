import { expect } from 'vitest'
import { readPage, rewritePage } from './pages.ts'

/**
 * Holds a part of a page against what the code says: the part between `<!-- name -->` and
 * `<!-- /name -->`. With `UPDATE_DOCS=1` in the environment the page is rewritten instead.
 */
export function expectGenerated(page: string, name: string, text: string): void {
  const part = new RegExp(`(<!-- ${name} -->\n).*?(<!-- /${name} -->)`, 's')
  if (process.env.UPDATE_DOCS) {
    rewritePage(page, source =>
      source.replace(part, (_, start, end) => `${start}\n${text}\n${end}`),
    )
  }
  const found = part.exec(readPage(page))?.[0]
  expect(found, `${page} has no part <!-- ${name} -->`).toBeDefined()
  expect(found, `${page} is stale: run UPDATE_DOCS=1 npx vitest run test/docs`).toBe(
    `<!-- ${name} -->\n\n${text}\n<!-- /${name} -->`,
  )
}
