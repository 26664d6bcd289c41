import { readFileSync } from 'node:fs'
import { hashText } from '../operations/hash.ts'
import { tokensOf } from './tokens.ts'

/**
 * Says whether a script was edited: `v1:` and the SHA-256 of its tokens. Types, comments and the
 * docstring, white space, semicolons, trailing commas and the kind of quotes are not among them.
 */
export async function scriptChecksum(path: string): Promise<string> {
  return checksumOf(path, readFileSync(path, 'utf8'))
}

/** The checksum of a script's text; `path` tells TypeScript from JavaScript. */
export async function checksumOf(path: string, source: string): Promise<string> {
  transformer ??= import('./transform.ts')
  const { transform } = await transformer
  // oxc takes the types away. How it prints the rest may change with its versions: tokens do not.
  return checksumOfCode(transform(path, source).code)
}

/** The checksum of a script from the JavaScript that oxc has made of it. */
export const checksumOfCode = (code: string): string =>
  `v1:${hashText(JSON.stringify(tokensOf(code)))}`

/** Kept, since where module hooks are at work each `import` asks their thread again. */
let transformer: Promise<typeof import('./transform.ts')> | undefined
