import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { projectRoot } from '../support/source-files.ts'

/** A project of a user who has installed the packed tarball, and nothing but what it asks for. */
export interface InstalledProject {
  readonly folder: string
  write(path: string, text: string): void
  /** Runs a bin of the package as `npx` does; rejects where it fails. */
  npx(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Output>
  remove(): void
}

export interface Output {
  readonly stdout: string
  readonly stderr: string
}

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

/** Packs limbeck and unpacks it in an empty project, without a network: what it needs is linked. */
export function installPackedLimbeck(): InstalledProject {
  ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-installed-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  unpack(pack(folder), join(modules, 'limbeck'))
  const manifest = readManifest(join(modules, 'limbeck'))
  linkDependencies(manifest, modules)
  linkBins(manifest, modules)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  return {
    folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
    // Offline, npx fails where it does not find the bin, instead of asking the registry for it.
    npx: (words, env = {}) => run('npx', words, folder, { npm_config_offline: 'true', ...env }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function pack(folder: string): string {
  const words = ['pack', '--ignore-scripts', '--pack-destination', folder]
  const name = execFileSync('npm', words, { cwd: projectRoot, encoding: 'utf8', stdio: 'pipe' })
  return join(folder, name.trim().split('\n').at(-1)!)
}

function unpack(tarball: string, folder: string): void {
  mkdirSync(folder)
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1'])
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function linkDependencies(manifest: Manifest, modules: string): void {
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(projectRoot, 'node_modules', name), join(modules, name))
  }
}

function linkBins(manifest: Manifest, modules: string): void {
  mkdirSync(join(modules, '.bin'))
  for (const [name, path] of Object.entries(manifest.bin)) {
    symlinkSync(join('..', 'limbeck', path), join(modules, '.bin', name))
  }
}

/** Runs a program to its end; its failure says what it printed. */
export function run(
  program: string,
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Output> {
  return new Promise((resolve, reject) => {
    execFile(program, words, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr })
      else reject(new Error(`${program} ${words.join(' ')}:\n${stdout}${stderr}`))
    })
  })
}
