import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type OxcError, type TransformOptions, transformSync } from 'oxc-transform'
import { positionAt } from '../text/position.ts'
import { type CompilerOptions, compilerOptionsIn } from './tsconfig.ts'

/** JavaScript of a TypeScript file, with a source map inside. Throws where the text is no TypeScript. */
export function transformForNode(path: string, source: string): string {
  const { options } = compilerOptionsIn(dirname(path))
  const { code, map } = transform(path, source, { ...optionsFor(options), sourcemap: true })
  if (!map) return code
  const { mappings, names, version } = map
  const url = pathToFileURL(path).href
  const json = JSON.stringify({ version, names, mappings, sources: [url] })
  const encoded = Buffer.from(json).toString('base64')
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`
}

/** JavaScript of a TypeScript file, printed by oxc. Throws where the text is no TypeScript. */
export function transform(path: string, source: string, options: TransformOptions = {}) {
  const result = transformSync(path, source, options)
  const [error] = result.errors
  if (error) throw new SyntaxError(describe(path, source, error))
  return result
}

/** As TypeScript itself would read the options, except that decorators are taken to be the old ones. */
function optionsFor(options: CompilerOptions): TransformOptions {
  const { emitDecoratorMetadata, experimentalDecorators = true, target } = options
  const definesFields = options.useDefineForClassFields ?? isSince2022(target)
  return {
    decorator: {
      legacy: experimentalDecorators,
      emitDecoratorMetadata: emitDecoratorMetadata ?? false,
    },
    assumptions: { setPublicClassFields: !definesFields },
    typescript: { removeClassFieldsWithoutInitializer: !definesFields },
  }
}

function isSince2022(target = 'esnext'): boolean {
  return Number(/^es(\d{4})$/i.exec(target)?.[1] ?? (/^es\d$/i.test(target) ? 0 : 9999)) >= 2022
}

/** `path:line:column: what is wrong`: a text, because errors of hooks reach the program as text. */
function describe(path: string, source: string, { message, labels }: OxcError): string {
  const [label] = labels
  if (!label) return `${path}: ${message}`
  // oxc counts bytes.
  const offset = Buffer.from(source).subarray(0, label.start).toString().length
  const { line, column } = positionAt(source, offset)
  return `${path}:${line}:${column}: ${message}`
}
