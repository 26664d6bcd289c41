import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileToWrite } from '../files/write-together.ts'

/** What a config is written from. */
export interface ConfigParts {
  /** As the config names it, relative to itself. */
  readonly scriptLocation: string
  readonly embedded: boolean
}

const configTemplate = 'limbeck.config.ts.template'

/** Everything of a template but the config, as it will lie in the script directory. */
export function scriptDirectoryFiles(folder: string, directory: string): FileToWrite[] {
  const names = readdirSync(folder).filter(name => name !== configTemplate)
  return [
    ...names.map(name => ({
      path: join(directory, name),
      content: readFileSync(join(folder, name), 'utf8'),
    })),
    { path: join(directory, 'versions') },
  ]
}

/** The text of a new config. */
export function configText(folder: string, { scriptLocation, embedded }: ConfigParts): string {
  const values: Readonly<Record<string, string>> = {
    imports: embedded ? 'defineConfig' : 'defineConfig, environmentVariables',
    scriptLocation: scriptLocation.replaceAll(/['\\]/g, '\\$&'),
    address: embedded ? embeddedAddress : serverAddress,
  }
  return readFileSync(join(folder, configTemplate), 'utf8').replaceAll(
    /\{\{(\w+)\}\}/g,
    (_, name: string) => values[name]!,
  )
}

const serverAddress = `  // DATABASE_URL, else DB_DATABASE_URL, else POSTGRES_USER, _PASSWORD, _DB, _HOST and _PORT:
  // set in the environment, or in a file .env beside this one.
  url: environmentVariables(),`

const embeddedAddress = `  // A PostgreSQL inside the project, under .limbeck/. For a server: url: environmentVariables(),
  embedded: true,`
