import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findTemplate } from '../../src/commands/find-template.ts'
import { configText } from '../../src/commands/init-template.ts'
import { projectRoot } from '../support/source-files.ts'
import { wholeModule } from './modules.ts'
import { type CodeBlock, codeBlocks, fileOf, pages } from './pages.ts'

const folder = join(projectRoot, '.cache', `docs-${process.pid}`)
const template = findTemplate('generic').folder
const blocks = pages().map(page => codeBlocks(page).filter(({ language }) => language === 'ts'))
let complaints = ''

/** Each block is a folder with the files that its page has shown so far, as a reader would have them. */
beforeAll(() => {
  for (const ofPage of blocks) {
    const shown = new Map([['src/models.ts', "export * as limbeck from 'limbeck'\n"]])
    for (const block of ofPage) {
      shown.set(fileOf(block) ?? 'fragment.ts', wholeModule(block.text))
      for (const [path, text] of shown) write(join(placeOf(block), path), text)
    }
  }
  for (const embedded of [true, false]) {
    const place = `templates/${embedded ? 'embedded' : 'server'}`
    const config = configText(template, { scriptLocation: './migrations', embedded })
    write(`${place}/limbeck.config.ts`, config)
    write(`${place}/migrations/env.ts`, readFileSync(join(template, 'env.ts'), 'utf8'))
  }
  write('tsconfig.json', JSON.stringify({ extends: '../../tsconfig.json', include: ['.'] }))
  complaints = typeCheck()
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const placeOf = ({ page, line }: CodeBlock): string => `${page.replaceAll('/', '-')}/line-${line}`

function write(path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function typeCheck(): string {
  const compiler = join(projectRoot, 'node_modules/tsc7/bin/tsc')
  try {
    execFileSync(process.execPath, [compiler, '-p', folder, '--noEmit'], { encoding: 'utf8' })
    return ''
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

const complaintsAbout = (place: string): string[] =>
  complaints.split('\n').filter(line => line.includes(`${place}/`))

test.each(blocks.flat().map(placeOf))('%s compiles', place => {
  expect(complaintsAbout(place)).toEqual([])
})

test('what init writes compiles', () => {
  expect(complaintsAbout('templates')).toEqual([])
})
