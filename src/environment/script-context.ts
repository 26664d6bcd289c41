import type { DialectName } from '../dialects/dialect.ts'
import { ContextConfig } from '../runtime/context-config.ts'
import type { ScriptContext } from '../runtime/script-context.ts'
import { xDictionary } from '../runtime/x-arguments.ts'
import { knownUrl } from './open-connection.ts'
import type { Project } from './project.ts'

/** A project's config as `env.ts` and scripts see it. */
export function contextConfig(project: Project): ContextConfig {
  const { config, attributes } = project
  return new ContextConfig({ config, attributes, url: given => knownUrl(project, given) })
}

/** What scripts are told where no run of `env.ts` tells them more. */
export function scriptContext(project: Project, dialect: DialectName): ScriptContext {
  return {
    args: {},
    isOffline: false,
    dialect,
    xArguments: xDictionary(project.x),
    tag: undefined,
    config: contextConfig(project),
    namingConvention: project.config.namingConvention,
  }
}
