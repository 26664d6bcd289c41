import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PostWriteHook } from '../../src/config/config.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { runWriteHooks } from '../../src/scripts/write-hooks.ts'

let root: string
let file: string
let events: { type: string; message: string }[]

const revision = `/** first */
export const revision = 'a1'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export function upgrade() {}
export function downgrade() {}
`

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'limbeck-hooks-'))
  file = write('project/migrations/versions/a1_first.ts', revision)
  events = []
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): string {
  const whole = join(root, path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, text)
  return whole
}

/** An executable that Node runs; `args` and `fs` are there. */
function program(path: string, body: string): string {
  const head = `#!${process.execPath}\nconst fs = require('node:fs'); const args = process.argv.slice(2)\n`
  const whole = write(path, head + body)
  chmodSync(whole, 0o755)
  return whole
}

const run = (...postWriteHooks: PostWriteHook[]) =>
  runWriteHooks(
    file,
    {
      path: join(root, 'project/limbeck.config.ts'),
      directory: join(root, 'project'),
      postWriteHooks,
    },
    event => events.push(event),
  )

const failure = async (...hooks: PostWriteHook[]): Promise<LimbeckError> =>
  run(...hooks).then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const text = () => readFileSync(file, 'utf8')

/** Like prettier: rewrites the file that it is given, and says so. */
const formatter = `
const path = args.find(word => word.endsWith('.ts'))
fs.writeFileSync(path, fs.readFileSync(path, 'utf8').replaceAll("'", '"'))
console.log('formatted')
console.error('checked 1 file')`

/** Writes the words it is given, and where it runs, beside the config. */
const witness = (name: string) =>
  program(
    `project/node_modules/.bin/${name}`,
    `fs.writeFileSync(${JSON.stringify(join(root, 'seen.json'))}, JSON.stringify([process.cwd(), ...args]))`,
  )

const seen = () => JSON.parse(readFileSync(join(root, 'seen.json'), 'utf8'))

describe('a program', () => {
  test('of node_modules/.bin changes the file, and what it prints is told', async () => {
    program('project/node_modules/.bin/pretty', formatter)
    const runs = await run({ executable: 'pretty', options: '--write' }, { executable: 'true' })
    expect(text()).toContain('export const revision = "a1"')
    expect(runs).toEqual([
      { name: 'pretty', hasChangedFile: true },
      { name: 'true', hasChangedFile: false },
    ])
    expect(events).toHaveLength(2)
    expect(events).toContainEqual({ type: 'progress', message: 'formatted' })
    expect(events).toContainEqual({ type: 'progress', message: 'checked 1 file' })
  })

  test('is found in a node_modules above the config, through the link that npm makes', async () => {
    program('node_modules/pretty/cli.js', formatter)
    mkdirSync(join(root, 'node_modules/.bin'))
    symlinkSync('../pretty/cli.js', join(root, 'node_modules/.bin/pretty'))
    await run({ executable: 'pretty' })
    expect(text()).toContain('"a1"')
  })

  test('may be a path, which starts at the config', async () => {
    program('project/tools/pretty', formatter)
    await run({ executable: './tools/pretty' })
    expect(text()).toContain('"a1"')
  })

  test('gets the file first, then its options as a shell splits them, in the config’s folder', async () => {
    witness('look')
    await run({ executable: 'look', options: `--a "b c" 'd e' f\\ g $HOME;` })
    expect(seen()).toEqual([join(root, 'project'), file, '--a', 'b c', 'd e', 'f g', '$HOME;'])
  })

  test('gets the file where its options say', async () => {
    witness('look')
    const options = '--file=REVISION_SCRIPT_FILENAME -x REVISION_SCRIPT_FILENAME'
    await run({ executable: 'look', options, cwd: 'migrations' })
    expect(seen()).toEqual([join(root, 'project/migrations'), `--file=${file}`, '-x', file])
  })

  test('gets no input, so that one that asks ends', async () => {
    program(
      'project/node_modules/.bin/ask',
      `process.stdin.on('end', () => console.log('no answer')).resume()`,
    )
    await run({ executable: 'ask' })
    expect(events).toEqual([{ type: 'progress', message: 'no answer' }])
  })

  test('that fails is named with its command and status; the file stays, and no hook follows', async () => {
    program('project/node_modules/.bin/lint', `console.log('bad'); process.exitCode = 3`)
    const error = await failure(
      { executable: 'lint', name: 'my linter', options: '--strict' },
      () => expect.unreachable('a hook after one that failed'),
    )
    expect(error.code).toBe('WRITE_HOOK_FAILED')
    expect(error.message).toBe(
      `The post-write hook 'my linter' failed: \`lint ${file} --strict\` ended with status 3. The file ${file} was written and stays.`,
    )
    expect(error.facts).toMatchObject({ hook: 'my linter', path: file })
    expect(events).toEqual([{ type: 'warning', message: 'bad' }])
    expect(text()).toBe(revision)
  })

  test.each([
    ['that is ended from outside', { executable: 'kill' }, 'was ended by SIGKILL'],
    ['that is nowhere', { executable: 'no-such-program' }, 'there is no program no-such-program'],
    ['that is no file', { executable: './tools/none' }, 'there is no program'],
    ['in no folder', { executable: 'true', cwd: 'none' }, 'there is no folder'],
    ['with an open quote', { executable: 'true', options: '"a' }, 'a quote is not closed'],
  ])('%s is an error', async (_, hook, reason) => {
    program('project/node_modules/.bin/kill', `process.kill(process.pid, 'SIGKILL')`)
    const error = await failure(hook)
    expect(error.code).toBe('WRITE_HOOK_FAILED')
    expect(error.message).toContain(`The post-write hook '${hook.executable}' failed`)
    expect(error.message).toContain(reason)
    expect(text()).toBe(revision)
  })
})

describe('a function', () => {
  test('is awaited, and gets the file', async () => {
    const runs = await run(async function addLicence(path) {
      await new Promise(resolve => setTimeout(resolve, 5))
      writeFileSync(path, `${readFileSync(path, 'utf8')}// MIT\n`)
    })
    expect(runs).toEqual([{ name: 'addLicence', hasChangedFile: true }])
    expect(text()).toBe(`${revision}// MIT\n`)
  })

  test('that throws is named, with the line', async () => {
    const hooks = [
      () => {},
      () => {
        throw new Error('no licence')
      },
    ]
    const error = await failure(...hooks)
    expect(error.code).toBe('WRITE_HOOK_FAILED')
    expect(error.message).toMatch(
      /^The post-write hook 'postWriteHooks\[1\]' failed: .*write-hooks\.test\.ts:\d+:\d+: no licence\. The file/,
    )
    expect(error.facts).toMatchObject({ line: expect.any(Number), reason: 'no licence' })
  })
})

describe('after a hook', () => {
  test.each([
    ['another id', revision.replace("'a1'", "'b2'"), '`revision` was "a1" and is now "b2".'],
    [
      'another parent',
      revision.replace('downRevision = null', "downRevision = 'x'"),
      '`downRevision` was [] and is now ["x"].',
    ],
    ['no revision', 'export const x = 1\n', 'exports no `revision`'],
    ['a syntax error', `${revision.slice(0, 60)}]`, 'a1_first.ts:'],
  ])('%s in the file is an error that names the hook', async (_, broken, reason) => {
    const error = await failure(
      { executable: 'true' },
      function breakIt(path) {
        writeFileSync(path, broken)
      },
      () => expect.unreachable('a hook after one that broke the file'),
    )
    expect(error.code).toBe('WRITE_HOOK_BROKE_REVISION')
    expect(error.message).toContain("After the post-write hook 'breakIt'")
    expect(error.message).toContain(reason)
  })

  test('a file that is gone is an error too', async () => {
    const error = await failure(path => rmSync(path))
    expect(error.code).toBe('WRITE_HOOK_BROKE_REVISION')
  })
})
