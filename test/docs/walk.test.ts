import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectEmbedded } from '../../src/dialects/postgresql/connect/embedded.ts'
import { escapedPattern } from '../../src/text/pattern.ts'
import { nodeWords, plainEnvironment } from '../support/cli-project.ts'
import { embeddedCache } from '../support/embedded-cache.ts'
import { projectRoot } from '../support/source-files.ts'
import { temporaryRoot } from '../support/temporary-root.ts'
import { type CodeBlock, codeBlocks, fileOf } from './pages.ts'

const pglite = 'node_modules/@electric-sql/pglite'

let project: string

/** A project that has installed limbeck and the embedded PostgreSQL, and holds nothing else. */
beforeEach(() => {
  project = mkdtempSync(join(temporaryRoot(), 'limbeck-walk-'))
  write('package.json', '{ "name": "walk", "private": true, "type": "module" }\n')
  link('node_modules/limbeck', projectRoot)
  link(pglite, join(projectRoot, pglite))
  // What every test would else make anew, which takes as long as all the rest.
  mkdirSync(embeddedCache(), { recursive: true })
  link('.limbeck/cache', embeddedCache())
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

function link(name: string, target: string): void {
  const path = join(project, name)
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}

/** Runs a line as it is typed, and gives what a terminal would show, without empty lines at the end. */
function type(line: string): { readonly status: number | null; readonly shown: string } {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map(word => word.replaceAll('"', ''))
  expect(words.slice(0, 2), `only limbeck is run: ${line}`).toEqual(['npx', 'limbeck'])
  const output = join(project, '.output')
  const file = openSync(output, 'w')
  const { status } = spawnSync(
    process.execPath,
    [...nodeWords, join(projectRoot, 'bin/limbeck.js'), ...words.slice(2)],
    { cwd: project, env: plainEnvironment(), stdio: ['ignore', file, file] },
  )
  closeSync(file)
  return { status, shown: `${readFileSync(output, 'utf8').trimEnd()}\n` }
}

/** A shown text as a pattern: `…` alone on a line is any lines, elsewhere the rest or a part of one. */
function patternOf(expected: string): RegExp {
  const lines = expected.split('\n').map(line => {
    if (line === '…') return '(?:.*\\n)*?'
    const parts = line.split('…').map(escapedPattern)
    return `${parts.join('.*')}\\n`
  })
  return new RegExp(`^${lines.join('')}$`)
}

/** Files that a command has written are shown as they are; any other is what the reader writes. */
function take(path: string, { page, text }: CodeBlock, isFromCommand: boolean): void {
  const code = text.replace(/^.*\n/, '')
  if (isFromCommand)
    expect(readFileSync(join(project, path), 'utf8'), `${page}: ${path}`).toBe(code)
  else write(path, text)
}

/** What a page says is in the database before it begins. */
async function intoDatabase(sql: string): Promise<void> {
  const directory = join(project, '.limbeck/database')
  const connection = await connectEmbedded({ directory, cacheDirectory: embeddedCache() })
  await connection.executeAll([sql]).finally(() => connection.close())
}

const walked = [
  'README.md',
  'docs/guide/getting-started.md',
  'docs/guide/branches.md',
  'docs/guide/existing-database.md',
]

test.each(walked)(
  'who follows %s step by step gets what it shows',
  async page => {
    const shown = new Set<string>()
    for (const block of codeBlocks(page)) {
      const path = fileOf(block)
      if (path !== undefined) {
        take(
          path,
          block,
          !shown.has(path) && existsSync(join(project, path)) && path.startsWith('src/'),
        )
        shown.add(path)
      }
      if (block.language === 'sql') await intoDatabase(block.text)
      if (block.language !== 'console') continue
      for (const step of block.text.split(/^\$ /m).slice(1)) {
        const [line = '', ...expected] = step.trimEnd().split('\n')
        const { status, shown } = type(line)
        expect(shown, `${page}: ${line}`).toMatch(patternOf(expected.join('\n')))
        expect(status, `${page}: ${line}\n${shown}`).toBe(0)
      }
    }
  },
  240_000,
)
