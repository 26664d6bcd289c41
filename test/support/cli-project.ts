import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { projectRoot } from './source-files.ts'
import { temporaryRoot } from './temporary-root.ts'

/** A project in a temporary folder that has installed the built package. */
export interface CliProject {
  readonly folder: string
  write(path: string, text: string): void
  /** Runs the program as it is installed, in a process of its own. */
  limbeck(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<CliOutcome>
  /** Every file that is the project's own, with its text. */
  files(): Readonly<Record<string, string>>
  remove(): void
}

export interface CliOutcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export type Driver = 'pg' | '@electric-sql/pglite'

/** Creates the project; without `drivers` it finds those of this repository. */
export function createCliProject(drivers?: readonly Driver[]): CliProject {
  const folder = mkdtempSync(join(temporaryRoot(), 'limbeck-cli-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('package.json', '{ "private": true, "type": "module" }\n')
  if (drivers === undefined) link(projectRoot, join(folder, 'node_modules/limbeck'))
  else install(join(folder, 'node_modules'), drivers)
  return {
    folder,
    write,
    limbeck: (words, env = {}) => run(folder, words, env),
    files: () => Object.fromEntries(ownFiles(folder, folder)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Copies the package: from a link Node would go back to the repository, where every driver is. */
function install(modules: string, drivers: readonly Driver[]): void {
  for (const part of ['bin', 'dist', 'templates', 'package.json'])
    cpSync(join(projectRoot, part), join(modules, 'limbeck', part), { recursive: true })
  const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  for (const name of [...Object.keys(dependencies), ...drivers])
    link(join(projectRoot, 'node_modules', name), join(modules, name))
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}

/** An embedded PostgreSQL of a moment is not worth compiling a second time: it takes a third off. */
export const nodeWords: readonly string[] = ['--wasm-tiering-budget=200000000']

function run(cwd: string, words: readonly string[], own: NodeJS.ProcessEnv): Promise<CliOutcome> {
  const bin = join(cwd, 'node_modules/limbeck/bin/limbeck.js')
  const child = spawn(process.execPath, [...nodeWords, bin, ...words], {
    cwd,
    env: { ...plainEnvironment(), ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', status => resolve({ status, stdout, stderr }))
  })
}

/** Without what would lead limbeck to another database, or let it take the machine for one that nobody sits at. */
export const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(CI$|DATABASE|DB_|POSTGRES_|PG|LIMBECK_|NODE_OPTIONS|VITEST)/.test(name),
    ),
  )

function* ownFiles(folder: string, root: string): Generator<[path: string, text: string]> {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.name === 'node_modules') continue
    if (entry.isDirectory()) yield* ownFiles(path, root)
    else yield [relative(root, path), readFileSync(path, 'utf8')]
  }
}
