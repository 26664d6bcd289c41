import type { SchemaSource, SourceContent, SourceContext, SourceRequirements } from '../source.ts'

/** What `sqlFiles` is told beside the paths. */
export interface SqlFilesOptions {
  /** Roles and extensions that the files need and do not name themselves. */
  readonly requires?: SourceRequirements | undefined
}

/**
 * The schema that SQL files describe, in the order given: files, or folders, whose `.sql` files count
 * in the order of their names. Paths start from the folder of the config.
 */
export function sqlFiles(
  paths: string | readonly string[],
  options: SqlFilesOptions = {},
): SchemaSource {
  const list = typeof paths === 'string' ? [paths] : [...(paths ?? [])]
  return {
    name: list.join(', '),
    load: context => loadFiles(list, options, context),
    text: context => textOfFiles(list, options, context),
  }
}

async function textOfFiles(
  paths: readonly string[],
  { requires = {} }: SqlFilesOptions,
  { directory }: SourceContext,
): Promise<string> {
  const { readFiles } = await import('./read-files.ts')
  return JSON.stringify([requires, await readFiles(paths, directory)])
}

/** The parser takes a while to start, so that everything else is loaded when a target is wanted. */
async function loadFiles(
  paths: readonly string[],
  { requires = {} }: SqlFilesOptions,
  { directory, rights = [] }: SourceContext,
): Promise<SourceContent> {
  const { readFiles } = await import('./read-files.ts')
  const { isAboutRights, schemaStatements } = await import('./schema-statements.ts')
  const { requirementsOf } = await import('./requirements.ts')
  const { sqlHints } = await import('./hints.ts')
  const read = await readFiles(paths, directory)
  const files = await Promise.all(read.map(file => schemaStatements(file, rights)))
  const nodes = files.flatMap(file => file.nodes)
  return {
    ddl: files.flatMap(({ statements }) => statements),
    // Files of grants beside models leave everything else to these.
    expresses: nodes.length > 0 && nodes.every(isAboutRights) ? [] : 'all',
    expressesRights: ['owners', 'grants'],
    requires: requirementsOf(nodes, requires),
    hints: await sqlHints(read, nodes),
  }
}
