import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileLoader, type Outcome, writeFiles } from './support/compiled-loader.ts'

const loader = compileLoader()
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'limbeck-loader-')))
afterAll(() => {
  loader.remove()
  rmSync(folder, { recursive: true, force: true })
})

const decorated = `
  import 'reflect-lite'
  const seen: string[] = []
  function C(target: object, key: string) {
    seen.push(key + ':' + (Reflect as any).getMetadata?.('design:type', target, key)?.name)
  }
  class A { @C id!: number; @C at!: Date }
  export const result = [seen, Object.keys(new A())]
`

/** Two packages: \`modern\` is ESM with a tsconfig, \`old\` is CommonJS without. */
const files: Record<string, string> = {
  'modern/package.json': '{ "type": "module" }',
  'modern/tsconfig.json': `{
    // comments and trailing commas
    "extends": "./tsconfig.base.json",
    "compilerOptions": { "emitDecoratorMetadata": true, },
  }`,
  'modern/tsconfig.base.json': `{ "compilerOptions": {
    "paths": { "@models/*": ["./src/models/*"], "~": ["./src/index.ts"] },
    "experimentalDecorators": true, "target": "es2020",
  } }`,
  'modern/src/models/user.ts': `export const user: string = 'user'`,
  'modern/src/index.ts': `export const root = 'root'`,
  'modern/src/data.json': `{ "a": 1 }`,
  'modern/src/common.cts': `
    import path = require('node:path')
    const helper = require('./helper.cjs')
    export = { joined: path.join('a', 'b') as string, helper }`,
  'modern/src/helper.cjs': `module.exports = 'helped'`,
  'modern/node_modules/reflect-lite/package.json': '{ "type": "module", "exports": "./index.js" }',
  'modern/node_modules/reflect-lite/index.js': `
    const all = new Map()
    Reflect.metadata = (key, value) => (target, name) => { all.set(name + key, value) }
    Reflect.getMetadata = (key, target, name) => all.get(name + key)`,

  'modern/types.ts': `
    import { type Missing } from './nowhere.ts'
    enum Colour { red = 'r', green = 'g' }
    namespace N { export const x = 1 }
    class P { constructor(private readonly a: number, public b = 2) {} sum() { return this.a + this.b } }
    const value = { c: Colour.green } satisfies Record<string, unknown>
    export const result = [value.c, N.x, new P(1).sum(), (null as Missing | null) ?? 'none']`,
  'modern/decorators.ts': decorated,
  'modern/paths.ts': `
    import { user } from '@models/user'
    import { root } from '~'
    export const result = [user, root]`,
  'modern/extensionless.ts': `
    import { user } from './src/models/user'
    import { user as same } from './src/models/user.js'
    import { root } from './src'
    export const result = [user, same, root]`,
  'modern/later.mts': `
    const { user } = await import('./src/models/user.ts')
    const { default: data } = await import('./src/data.json', { with: { type: 'json' } })
    export const result = [user, data.a]`,
  'modern/json.ts': `import data from './src/data.json'\nexport const result = data.a`,
  'modern/common.ts': `import common from './src/common.cts'\nexport const result = common`,
  'modern/plain.js': `import { user } from './src/models/user.ts'\nexport const result = user`,
  'modern/self.ts': `
    import { LimbeckError } from 'limbeck'
    export const result = new LimbeckError('USAGE', 'x').exitStatus`,
  'modern/meta.ts': `export const result = import.meta.url.endsWith('/modern/meta.ts')`,
  'modern/stack.ts': `
interface Unused { a: string }

// a comment that the output does not have
export function result(): string {
  const here: string = new Error('here').stack!
  return here.split('\\n')[1]!.trim()
}`,

  'plain/package.json': '{}',
  'plain/module.js': `export const result = new Error().stack.includes('module.js:1:')`,
  'plain/common.js': `exports.result = require('node:path').join('a', 'b')`,
  'old/module-of-javascript.js': `export const result = 'a module'`,
  'old/package.json': '{ "type": "commonjs" }',
  'old/module.ts': `import { a } from './a'\nexport const result: string = a`,
  'old/a.ts': `export const a = 'module in a CommonJS package'`,
  'old/common.ts': `const { join } = require('node:path')\nexports.result = join('a', 'b') as string`,
  'old/fields.ts': `
    class Base { constructor() { (this as any).init() } }
    class A extends Base { declare a: number; b?: string; init() { this.b = 'set' } }
    export const result = new A().b ?? 'overwritten'`,
  'packages/shared/package.json': '{ "name": "shared", "type": "module", "exports": "./index.ts" }',
  'packages/shared/index.ts': `export const shared: string = 'shared'`,
}

describe("a project's module", () => {
  const names = Object.keys(files).filter(name => files[name]!.includes('result'))
  let outcomes: Map<string, Outcome>

  beforeAll(() => {
    writeFiles(folder, files)
    const results = loader.importAll(names.map(name => join(folder, name)))
    outcomes = new Map(names.map((name, index) => [name, results[index]!]))
  })

  test.each<[string, string, unknown]>([
    ['enums, namespaces, parameter properties', 'modern/types.ts', ['g', 1, 3, 'none']],
    ['decorators with their metadata', 'modern/decorators.ts', [['id:Number', 'at:Date'], []]],
    ['the paths of its tsconfig', 'modern/paths.ts', ['user', 'root']],
    ['imports without .ts', 'modern/extensionless.ts', ['user', 'user', 'root']],
    ['await and JSON at the top level', 'modern/later.mts', ['user', 1]],
    ['JSON as TypeScript imports it', 'modern/json.ts', 1],
    ['CommonJS beside it', 'modern/common.ts', { joined: 'a/b', helper: 'helped' }],
    ['TypeScript from JavaScript', 'modern/plain.js', 'user'],
    ['the limbeck that runs', 'modern/self.ts', 2],
    ['its own place', 'modern/meta.ts', true],
    ['modules in a CommonJS package', 'old/module.ts', 'module in a CommonJS package'],
    ['CommonJS in a CommonJS package', 'old/common.ts', 'a/b'],
    ['JavaScript modules in a CommonJS package', 'old/module-of-javascript.js', 'a module'],
    ['JavaScript modules where the package does not say', 'plain/module.js', true],
    ['CommonJS where the package does not say', 'plain/common.js', 'a/b'],
    ['fields defined as the language says, without a tsconfig', 'old/fields.ts', 'overwritten'],
  ])('may have %s', (_, name, expected) => {
    expect(outcomes.get(name)).toEqual({ result: expected })
  })

  test('shows the lines of its source in stack traces', () => {
    expect(outcomes.get('modern/stack.ts')!.result).toContain('modern/stack.ts:6:24)')
  })
})

describe('a package of the same workspace', () => {
  test('may be TypeScript', () => {
    writeFiles(folder, {
      'packages/app/package.json': '{ "type": "module" }',
      'packages/app/models.ts': `export { shared as result } from 'shared'`,
    })
    mkdirSync(join(folder, 'packages/app/node_modules'))
    symlinkSync('../../shared', join(folder, 'packages/app/node_modules/shared'))
    const outcomes = loader.importAll([join(folder, 'packages/app/models.ts')])
    expect(outcomes).toEqual([{ result: 'shared' }])
  })
})

describe('a module that has changed', () => {
  test('is imported anew, and only then', () => {
    const path = join(folder, 'modern/changing.ts')
    const results = loader.run(
      `
      const { utimesSync, writeFileSync } = await import('node:fs')
      const results = []
      for (const [text, time] of [['{ a: 1 }', 1], ['{ a: 1 }', 1], ['{ a: 2 }', 2]]) {
        writeFileSync(words[0], 'export const value = ' + text)
        utimesSync(words[0], time, time)
        results.push((await importModule(words[0])).value)
      }
      print([results[0] === results[1], results[2]])`,
      [path],
    )
    expect(results).toEqual([true, { a: 2 }])
  })
})

describe('a module that cannot be loaded', () => {
  const broken: Record<string, string> = {
    'broken/package.json': '{ "type": "module" }',
    'broken/syntax.ts': `export const a: number = 1\n// ä😀\nlet b = ;\n`,
    'broken/inner.ts': `import './syntax.ts'`,
    'broken/syntax.js': `export const a = 1\nlet b = ;\n`,
    'broken/throws.ts': `interface A { a: 1 }\n\nexport const a = make()\n\nfunction make(): A {\n  throw new Error('no database')\n}`,
    'broken/absent.ts': `import { thing } from 'not-installed'\nexport const a = thing`,
    'broken/other-absent.ts': `import { thing } from './nowhere.ts'\nexport const a = thing`,
    'broken/no-export.ts': `import { nothing } from './empty.ts'\nexport const a = nothing`,
    'broken/empty.ts': `export {}`,
    'broken/word.ts': `throw 'a word'`,
    'broken/own.ts': `import { LimbeckError } from 'limbeck'\nthrow new LimbeckError('USAGE', 'said by limbeck')`,
    'broken/model.ts': `import { LimbeckError } from 'limbeck'\nexport const a: object = {}\nthrow new LimbeckError('DECLARATION_INVALID', 'policy own: it has no option to.')`,
  }
  const names = [...Object.keys(broken).slice(1), 'broken/none.ts']
  let outcomes: Map<string, Outcome>

  beforeAll(() => {
    writeFiles(folder, broken)
    const results = loader.importAll(names.map(name => join(folder, name)))
    outcomes = new Map(names.map((name, index) => [name, results[index]!]))
  })

  test.each<[string, string, string, number?, number?]>([
    ['broken/syntax.ts', 'broken/syntax.ts', 'Unexpected token', 3, 9],
    ['broken/inner.ts', 'broken/syntax.ts', 'Unexpected token', 3, 9],
    ['broken/syntax.js', 'broken/syntax.js', `Unexpected token ';'`],
    ['broken/throws.ts', 'broken/throws.ts', 'no database', 6, 9],
    ['broken/absent.ts', 'broken/absent.ts', `Cannot find package 'not-installed'`],
    ['broken/other-absent.ts', 'broken/other-absent.ts', 'Cannot find module'],
    ['broken/no-export.ts', 'broken/no-export.ts', `does not provide an export named 'nothing'`],
    ['broken/word.ts', 'broken/word.ts', 'a word'],
  ])('%s says where and what', (name, place, reason, line, column) => {
    const { error } = outcomes.get(name)!
    const at = [join(folder, place), line, column].filter(part => part !== undefined).join(':')
    expect(error).toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: expect.stringMatching(new RegExp(`^${at}: [^\n]*${reason}`)),
      facts: { path: join(folder, place), ...(line === undefined ? {} : { line, column }) },
    })
  })

  test('is named where it is not there', () => {
    const path = join(folder, 'broken/none.ts')
    expect(outcomes.get('broken/none.ts')!.error).toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: `There is no file ${path}.`,
    })
  })

  test('says at which line a declaration is wrong', () => {
    const path = join(folder, 'broken/model.ts')
    expect(outcomes.get('broken/model.ts')!.error).toMatchObject({
      code: 'DECLARATION_INVALID',
      message: `${path}:3:7: policy own: it has no option to.`,
      facts: { path, line: 3, column: 7 },
    })
  })

  test('keeps an error that limbeck raised inside it', () => {
    expect(outcomes.get('broken/own.ts')!.error).toMatchObject({
      code: 'USAGE',
      message: 'said by limbeck',
    })
  })
})
