import { existsSync, readFileSync, statSync } from 'node:fs'
import {
  createRequire,
  isBuiltin,
  type LoadHookContext,
  type ResolveHookContext,
} from 'node:module'
import { dirname, isAbsolute, join, resolve as resolvePath } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { init, parse } from 'es-module-lexer'
import type { ResolverFactory } from 'oxc-resolver'
import { transformForNode } from './transform.ts'
import { compilerOptionsIn } from './tsconfig.ts'

// Module hooks: what makes `import` understand a project's TypeScript. They work synchronously, so
// that the same two functions serve `module.registerHooks` and, on Node 20, `module.register`, where
// this file runs in a thread of its own.

await init()

type Next<Context> = (value: string, context?: Partial<Context>) => unknown

/** Finds what a project's file imports: limbeck is the one that runs, the rest as TypeScript would. */
export function resolve(
  specifier: string,
  context: ResolveHookContext,
  nextResolve: Next<ResolveHookContext>,
): unknown {
  if (/^(limbeck|@oxc-project\/runtime)(\/|$)/.test(specifier)) {
    return nextResolve(specifier, { ...context, parentURL: import.meta.url })
  }
  const parent = context.parentURL === undefined ? undefined : projectPath(context.parentURL)
  const path = parent === undefined ? undefined : find(specifier, parent)
  if (path === undefined) return nextResolve(specifier, context)
  return { url: pathToFileURL(path).href, shortCircuit: true }
}

/** Gives the JavaScript of a project's TypeScript; whatever else there is goes to Node. */
export function load(
  url: string,
  context: LoadHookContext,
  nextLoad: Next<LoadHookContext>,
): unknown {
  const path = projectPath(url)
  if (path === undefined) return nextLoad(url, context)
  if (/\.[cm]?tsx?$/.test(path)) {
    const source = transformForNode(path, readFileSync(path, 'utf8'))
    return { format: formatOf(path, source), source, shortCircuit: true }
  }
  if (path.endsWith('.json') && context.importAttributes.type !== 'json') {
    const source = `export default ${readFileSync(path, 'utf8')}`
    return { format: 'module', source, shortCircuit: true }
  }
  const source = context.format === 'module' ? undefined : moduleSource(path)
  return source === undefined
    ? nextLoad(url, context)
    : { format: 'module', source, shortCircuit: true }
}

/** The text of JavaScript that imports or exports: Node refuses it, or warns, where the package is no ESM. */
function moduleSource(path: string): string | undefined {
  if (!path.endsWith('.js')) return undefined
  const source = readFileSync(path, 'utf8')
  try {
    return parse(source)[3] ? source : undefined
  } catch {
    // Node says better what is wrong.
    return undefined
  }
}

const ownFolder = new URL('.', import.meta.url).href

/** The path of a file that belongs to the project: installed packages are Node's own business. */
function projectPath(url: string): string | undefined {
  const isForeign = url.includes('/node_modules/') || url.startsWith(ownFolder)
  return url.startsWith('file:') && !isForeign ? fileURLToPath(url) : undefined
}

function find(specifier: string, parent: string): string | undefined {
  if (isBuiltin(specifier) || specifier.startsWith('#')) return undefined
  if (specifier.startsWith('.') || isAbsolute(specifier)) {
    const path = resolvePath(dirname(parent), specifier)
    return isFile(path) ? path : findAsTypeScript(specifier, parent)
  }
  const isUrl = /^[a-z][a-z\d+.-]*:/i.test(specifier)
  if (isUrl || !compilerOptionsIn(dirname(parent)).mapsPaths) return undefined
  const path = findAsTypeScript(specifier, parent)
  return path && isInstalled(path, specifier) ? undefined : path
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

/** Whether a path is of the very package that was named, which Node finds as well. */
function isInstalled(path: string, specifier: string): boolean {
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0]
  return pathToFileURL(path).pathname.includes(`/node_modules/${name}/`)
}

let resolver: ResolverFactory | undefined

/** Without extensions, `.js` for `.ts`, folders with an index, and the paths of tsconfig.json. */
function findAsTypeScript(specifier: string, parent: string): string | undefined {
  resolver ??= createResolver()
  return resolver.resolveFileSync(parent, specifier).path
}

function createResolver(): ResolverFactory {
  // Loaded when it is needed: most projects name their files in full.
  const oxc = createRequire(import.meta.url)('oxc-resolver') as typeof import('oxc-resolver')
  return new oxc.ResolverFactory({
    tsconfig: 'auto',
    conditionNames: ['node', 'import'],
    extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'],
    extensionAlias: {
      '.js': ['.ts', '.tsx', '.js'],
      '.mjs': ['.mts', '.mjs'],
      '.cjs': ['.cts', '.cjs'],
    },
  })
}

type Format = 'module' | 'commonjs'

/** A file that imports or exports is a module, whatever its package says. */
function formatOf(path: string, code: string): Format {
  if (path.endsWith('.mts')) return 'module'
  if (path.endsWith('.cts')) return 'commonjs'
  const [, , , hasModuleSyntax] = parse(code)
  return hasModuleSyntax ? 'module' : packageFormat(dirname(path))
}

function packageFormat(folder: string): Format {
  const path = join(folder, 'package.json')
  if (existsSync(path)) {
    const { type } = JSON.parse(readFileSync(path, 'utf8')) as { readonly type?: string }
    return type === 'module' ? 'module' : 'commonjs'
  }
  const parent = dirname(folder)
  return parent === folder ? 'module' : packageFormat(parent)
}
