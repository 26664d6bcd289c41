import { describe, expect, test } from 'vitest'
import { type Directive, directives } from '../../src/operations/recorder/takes.ts'
import { codeBlocks, readPage } from './pages.ts'

const page = 'docs/reference/operations.md'

/** The rows of the page's tables that begin with an option: its cells but the last. */
const rows = [
  ...readPage(page).matchAll(/^\| (?:\*\*)?`(\w+)`(?:\*\*)? \| (.*) \| [^|]+ \|$/gm),
].map(([, option, cells = '']) => [option!, ...cells.split(' | ')] as const)
/** What an option takes, wherever it is. */
const shared = new Set(
  rows.filter(row => row.length === 2).map(([option, takes]) => `${option}: ${takes}`),
)

const optionsOf = (directive: Directive) =>
  Object.entries(directives[directive].options).map(([option, { name, isRequired }]) => ({
    option,
    takes: name.replaceAll(' | ', ' or '),
    isRequired,
  }))

const signatures = codeBlocks(page)
  .filter(({ language }) => language === 'text')
  .flatMap(({ text }) => text.split('\n'))
  .filter(line => line.startsWith('op.'))

describe.each(Object.keys(directives) as Directive[])('op.%s', directive => {
  test('has its signature in the reference', () => {
    const names = Object.keys(directives[directive].arguments).join(', ')
    const [line] = signatures.filter(one => one.startsWith(`op.${directive}(`))
    expect(line).toMatch(
      new RegExp(`^op\\.${directive}\\(${names}(, options\\??)(, batch => .*)?\\)$`),
    )
    if (optionsOf(directive).some(({ isRequired }) => isRequired)) expect(line).not.toContain('?')
  })

  test('has each of its options in the reference, and no other', () => {
    const own = rows.filter(
      ([, of, takes]) => takes !== undefined && of?.includes(`\`${directive}\``),
    )
    const expected = optionsOf(directive)
      .map(({ option, takes }) => `${option}: ${takes}`)
      .filter(line => !shared.has(line))
    expect(own.map(([option, , takes]) => `${option}: ${takes}`).sort()).toEqual(expected.sort())
  })
})
