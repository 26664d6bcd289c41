import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findTemplate } from '../../src/commands/find-template.ts'
import { expectGenerated } from './generated.ts'
import { readPage } from './pages.ts'

const page = 'docs/reference/script-template.md'
const template = readFileSync(join(findTemplate('generic').folder, 'script.ts.template'), 'utf8')

test('the page shows the template that init writes', () => {
  expectGenerated(page, 'template', `\`\`\`text\n${template}\`\`\`\n`)
})

test('the page explains every variable of the template, and no other', () => {
  const used = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)
  const explained = [...readPage(page).matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  expect(explained).toEqual([...new Set(used)])
})
