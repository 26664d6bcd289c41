import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'oxc-transform'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The loader as JavaScript in a package of its own: under vitest the sources are not loaded by Node. */
export interface CompiledLoader {
  /** Imports files in a new process; one outcome for each. */
  importAll(paths: readonly string[]): readonly Outcome[]
  /** The same with other code in the place of "import each path once". */
  run(code: string, words: readonly string[]): unknown
  remove(): void
}

/** What a module exported as `result`, or the error it ended with. */
export interface Outcome {
  readonly result?: unknown
  readonly error?: { readonly code: string; readonly message: string; readonly facts: unknown }
}

const importEach = `
  const outcomes = []
  for (const path of words) {
    try {
      const { result } = await importModule(path)
      outcomes.push({ result: typeof result === 'function' ? await result() : result })
    } catch (error) {
      const { code, message, facts } = error
      outcomes.push({ error: { code, message, facts } })
    }
  }
  print(outcomes)
`

/** Compiles the loader; what it needs from npm is found in the repository above it. */
export function compileLoader(): CompiledLoader {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'loader-'))
  const manifest = { name: 'limbeck', type: 'module', exports: './dist/index.js' }
  write(join(folder, 'package.json'), JSON.stringify(manifest))
  write(join(folder, 'dist/index.js'), `export { LimbeckError } from './errors.js'`)
  for (const path of ['errors.ts', 'operations/hash.ts']) compile(path, folder)
  for (const room of ['files', 'scripts', 'text']) {
    const names = readdirSync(join(root, 'src', room)).filter(name => name.endsWith('.ts'))
    for (const name of names) compile(`${room}/${name}`, folder)
  }
  const run = (code: string, words: readonly string[]) => runIn(folder, code, words)
  return {
    run,
    importAll: paths => run(importEach, paths) as Outcome[],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function compile(path: string, folder: string): void {
  const source = readFileSync(join(root, 'src', path), 'utf8')
  const { code } = transformSync(path, source, {
    typescript: { rewriteImportExtensions: 'rewrite' },
  })
  write(join(folder, 'dist', path.replace(/\.ts$/, '.js')), code)
}

function runIn(folder: string, code: string, words: readonly string[]): unknown {
  const script = join(folder, 'run.mjs')
  write(
    script,
    `import { importModule } from './dist/scripts/import-module.js'
     const words = process.argv.slice(2)
     const print = value => console.log(JSON.stringify(value))
     ${code}`,
  )
  const { status, stdout, stderr } = spawnSync('node', [script, ...words], { encoding: 'utf8' })
  if (status !== 0 || stderr !== '') throw new Error(`${stdout}\n${stderr}`)
  return JSON.parse(stdout)
}

/** Writes files, given by their paths below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) write(join(folder, path), text)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
