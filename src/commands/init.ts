import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { configFileNames, isModule } from '../config/find.ts'
import { LimbeckError } from '../errors.ts'
import { type FileToWrite, writeTogether } from '../files/write-together.ts'
import { findTemplate, type Template } from './find-template.ts'
import {
  type Driver,
  drivers,
  gitignoreWithLimbeck,
  listsPackage,
  packageWithDriver,
} from './init-project.ts'
import { configText, scriptDirectoryFiles } from './init-template.ts'
import type { InitInput } from './inputs.ts'
import type { InitResult } from './results/init.ts'

/** What `init` is going to do. */
interface Setup {
  readonly cwd: string
  /** The script directory. */
  readonly directory: string
  readonly config: string
  /** Whether the config is written; one that is there stays as it is. */
  readonly isNew: boolean
  /** As the config names the script directory. */
  readonly scriptLocation: string
  readonly embedded: boolean
  readonly template: Template
  readonly driver: Driver
}

/** Sets a project up: config, script directory, driver in package.json. All is written, or nothing. */
export async function init(input: InitInput): Promise<InitResult> {
  const setup = setupOf(input)
  const { cwd, directory, config, template, driver } = setup
  const created = createdFiles(setup)
  const edited = [packageWithDriver(cwd, driver), gitignoreWithLimbeck(dirname(config))].filter(
    file => file !== undefined,
  )
  const changed = edited.map(file => file.path).filter(path => existsSync(path))
  writeTogether([...created, ...edited])
  const written = [...created, ...edited].map(file => file.path)
  return {
    directory,
    config,
    template: template.name,
    notes: notesOn(template, input),
    written: written.filter(path => !changed.includes(path)),
    changed,
    skipped: skippedFiles(setup),
    next: nextSteps(setup),
  }
}

function setupOf(input: InitInput): Setup {
  const { cwd = process.cwd(), directory: named = 'migrations', embedded = false } = input
  const template = findTemplate(input.template ?? 'generic')
  const directory = resolve(cwd, named)
  assertEmpty(directory)
  const config = resolve(cwd, input.config ?? configNameIn(cwd))
  const isNew = !existsSync(config)
  if (isNew && !isModule(config)) throw notModuleError(config)
  const scriptLocation = isAbsolute(named) ? named : pathFrom(dirname(config), directory)
  const driver = embedded ? drivers.embedded : drivers.server
  return { cwd, directory, config, isNew, scriptLocation, embedded, template, driver }
}

function createdFiles(setup: Setup): FileToWrite[] {
  const { directory, config, isNew, template } = setup
  return [
    ...(isNew ? [{ path: config, content: configText(template.folder, setup) }] : []),
    ...scriptDirectoryFiles(template.folder, directory),
  ]
}

function skippedFiles({ config, isNew, scriptLocation }: Setup): InitResult['skipped'] {
  if (isNew) return []
  return [
    { path: config, reason: `it is there already; its ${locationIn(config, scriptLocation)}` },
  ]
}

/** What a user of Alembic should know of the words that were given. */
const notesOn = ({ note }: Template, input: InitInput): string[] => [
  ...(note === undefined ? [] : [note]),
  ...(input.package ? ['--package has nothing to do: TypeScript needs no __init__ files.'] : []),
]

/** The config that is there under any of its names, else the usual one. */
const configNameIn = (folder: string): string =>
  configFileNames.find(name => existsSync(join(folder, name))) ?? 'limbeck.config.ts'

function assertEmpty(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false })
  if (found === undefined) return
  const isFolder = found.isDirectory()
  if (isFolder && readdirSync(directory).length === 0) return
  throw new LimbeckError(
    'DIRECTORY_NOT_EMPTY',
    `${directory} ${isFolder ? 'is not empty' : 'is a file'}; nothing was written.`,
    {
      facts: { directory },
      hint: 'Name another folder (`limbeck init DIRECTORY`), or empty this one first.',
    },
  )
}

/** The key of the config, and what it should be. */
function locationIn(config: string, location: string): string {
  if (isModule(config)) return `scriptLocation should be ${location}`
  const here = isAbsolute(location) ? '' : '%(here)s/'
  return `script_location should be ${here}${location.replace(/^\.\//, '')}`
}

function notModuleError(config: string): LimbeckError {
  return new LimbeckError(
    'USAGE',
    `init writes a config in TypeScript, and ${config} could not hold one.`,
    { facts: { config }, hint: 'Leave --config out, or name a file such as limbeck.config.ts.' },
  )
}

/** As a config writes it: with slashes, beginning with `./` or `../`. */
function pathFrom(folder: string, path: string): string {
  const way = relative(folder, path).split(sep).join('/')
  if (way === '') return '.'
  return way.startsWith('../') ? way : `./${way}`
}

const isInstalled = (cwd: string, { name }: Driver): boolean =>
  existsSync(join(cwd, 'node_modules', name, 'package.json'))

function nextSteps({ cwd, directory, isNew, embedded, driver }: Setup): string[] {
  const isListed = listsPackage(cwd, driver.name)
  const install = isListed
    ? 'npm install'
    : `npm install --save-dev "${driver.name}@${driver.range}"`
  return [
    ...(isInstalled(cwd, driver) ? [] : [install]),
    ...(isNew && !embedded ? ['set DATABASE_URL, for example in a file .env'] : []),
    `say in ${pathFrom(cwd, join(directory, 'env.ts'))} where your models are (target)`,
    'npx limbeck revision --autogenerate -m "first revision"',
  ]
}
