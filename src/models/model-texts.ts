import type { NamingConvention } from '../config/config.ts'
import { Naming } from '../operations/naming.ts'
import type { SchemaObject } from '../schema/index.ts'
import { declarationsOf } from './declarations.ts'
import { exportNames } from './export-names.ts'
import { indexModule, layOutModules, type Module } from './file-layout.ts'
import { leaveNames } from './leave-names.ts'
import { withoutParentsChecks } from './own-parts.ts'
import { ModuleRenderer } from './render-module.ts'

export interface ModelOptions {
  /** Where an object without a schema is. */
  readonly defaultSchema: string
  readonly namingConvention?: NamingConvention | undefined
  /** One module in place of one for each table. */
  readonly isSingle?: boolean | undefined
}

/** A module of models as it is written. */
export interface ModelText {
  /** Its path from the folder of all models. */
  readonly path: string
  readonly text: string
}

/** The modules that declare objects of a database; the module `index.ts` exports all of them. */
export function modelTexts(objects: readonly SchemaObject[], options: ModelOptions): ModelText[] {
  const { defaultSchema, namingConvention = {}, isSingle = false } = options
  const declarations = declarationsOf(
    leaveNames(withoutParentsChecks(objects), new Naming(namingConvention)),
  )
  const modules = isSingle
    ? [{ path: indexModule, declarations }]
    : layOutModules(declarations, defaultSchema)
  const names = exportNames(
    declarations.map(({ object }) => object),
    defaultSchema,
  )
  const renderer = new ModuleRenderer(modules, names, options)
  const texts = modules.map(module => ({ path: module.path, text: renderer.textOf(module) }))
  return isSingle ? texts : [...texts, { path: indexModule, text: exportsOf(modules) }]
}

const exportsOf = (modules: readonly Module[]): string =>
  modules.map(({ path }) => `export * from './${path}'\n`).join('')
