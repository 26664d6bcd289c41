import { posix } from 'node:path'
import { quoteIdentifier } from '../schema/index.ts'
import { type DeclaredType, RenderContext, type RenderOptions } from '../scripts/render/context.ts'
import { Imports } from '../scripts/render/imports.ts'
import { type Code, layOut } from '../scripts/render/layout.ts'
import { modelCode } from '../scripts/render/objects.ts'
import { tableModel } from '../scripts/render/tables.ts'
import type { Declaration, Declared } from './declarations.ts'
import type { Module } from './file-layout.ts'

/** A type that columns are built from, and the module that exports its constant. */
interface ExportedType {
  readonly type: string
  readonly kind: Declared['kind']
  readonly name: string
  readonly path: string
}

/** Writes modules of models, which know the constants of each other. */
export class ModuleRenderer {
  readonly #names: ReadonlyMap<Declared, string>
  readonly #types: readonly ExportedType[]
  readonly #options: Pick<RenderOptions, 'defaultSchema' | 'namingConvention'>

  constructor(
    modules: readonly Module[],
    names: ReadonlyMap<Declared, string>,
    options: Pick<RenderOptions, 'defaultSchema' | 'namingConvention'>,
  ) {
    this.#names = names
    this.#options = options
    this.#types = modules.flatMap(module => exportedTypes(module, names))
  }

  textOf({ path, declarations }: Module): string {
    const imports = new Imports()
    const texts = declarations.map(declaration => {
      const { object } = declaration
      const code = codeOf(declaration, this.#contextFor(object, path, imports))
      return `${layOut([`export const ${this.#names.get(object)} = `, code], 0)}\n`
    })
    return [`${imports.plainStatements()}\n`, ...texts].join('\n')
  }

  /** A domain over another spells its type, so that no two modules need each other. */
  #contextFor({ kind }: Declared, path: string, imports: Imports): RenderContext {
    const mayUse = (type: ExportedType) => kind !== 'domain' || type.kind === 'enum'
    const declaredTypes = new Map(
      this.#types.filter(mayUse).map(type => [type.type, declaredIn(type, path)]),
    )
    return new RenderContext({ ...this.#options, declaredTypes }, imports)
  }
}

function codeOf({ object, constraints, indexes }: Declaration, context: RenderContext): Code {
  if (object.kind === 'table') return tableModel({ table: object, constraints, indexes }, context)
  return modelCode(object, context, indexes)
}

function exportedTypes(
  { path, declarations }: Module,
  names: ReadonlyMap<Declared, string>,
): ExportedType[] {
  return declarations.flatMap(({ object }) => {
    if (object.kind !== 'enum' && object.kind !== 'domain') return []
    const { kind, schema = '', name } = object
    const type = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
    return [{ type, kind, name: names.get(object)!, path }]
  })
}

function declaredIn({ name, path }: ExportedType, from: string): DeclaredType {
  if (path === from) return { name }
  const way = posix.relative(posix.dirname(from), path)
  return { name, module: way.startsWith('.') ? way : `./${way}` }
}
