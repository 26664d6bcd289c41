import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileWhole } from '../../src/dialects/compile-whole.ts'
import { loadDialect } from '../../src/dialects/load-dialect.ts'
import { native, type Op, type Operation } from '../../src/index.ts'
import { bindLiterals } from '../../src/operations/bind-literals.ts'
import { record } from '../../src/operations/op.ts'
import { projectRoot } from '../support/source-files.ts'
import { directivesModule, wholeModule } from './modules.ts'
import { type CodeBlock, codeBlocks, fileOf, readPage, rewritePage } from './pages.ts'

const page = 'docs/reference/operations.md'
const folder = join(projectRoot, '.cache', `docs-operations-${process.pid}`)
const blocks = codeBlocks(page)
const directives = blocks.filter(block => block.language === 'ts' && fileOf(block) === undefined)
let database: PGlite

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  database = await PGlite.create({ extensions: { pgcrypto } })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

async function importText(name: string, text: string): Promise<Record<string, unknown>> {
  const path = join(folder, `${name}.ts`)
  writeFileSync(path, text)
  return import(path)
}

/** The SQL that limbeck makes of operations; of code, what `--sql` prints. */
async function compiled(operations: readonly Operation[]): Promise<string[]> {
  const dialect = await loadDialect('postgresql')
  return operations.flatMap(operation =>
    operation.kind === 'run'
      ? (operation.offline ?? '')
      : compileWhole(operation, dialect).map(({ sql, parameters = [] }) =>
          bindLiterals(sql, parameters, dialect),
        ),
  )
}

/** The page's own words for what a block becomes. */
function sqlAfter(block: CodeBlock): string | undefined {
  const next = blocks[blocks.indexOf(block) + 1]
  return next?.language === 'sql' ? next.text : undefined
}

test('each example says the SQL it becomes, and PostgreSQL accepts all of it in this order', async () => {
  for (const block of directives) {
    const place = `line-${block.line}`
    const module = await importText(place, directivesModule(block.text))
    const statements = await compiled(record(module.default as (op: Op) => void))
    const text = statements.map(statement => `${statement};\n`).join('')
    if (process.env.UPDATE_DOCS) rewritePage(page, source => withSql(source, block, text))
    else expect(sqlAfter(block), `${page}:${block.line}`).toBe(text)
    for (const statement of statements) {
      await database.query(statement).catch((error: Error) => {
        throw new Error(`${page}:${block.line}: ${statement}: ${error.message}`)
      })
    }
  }
})

/** The page with the SQL of a block right after it. */
function withSql(source: string, block: CodeBlock, sql: string): string {
  const code = `\`\`\`ts\n${block.text}\`\`\`\n`
  const end = source.indexOf(code) + code.length
  const rest = source.slice(end).replace(/^\n```sql\n.*?^```\n/ms, '')
  return `${source.slice(0, end)}\n\`\`\`sql\n${sql}\`\`\`\n${rest}`
}

test('the models of the reference can be built', async () => {
  for (const block of codeBlocks('docs/reference/models.md').filter(one => one.language === 'ts')) {
    const models = await importText(`models-${block.line}`, wholeModule(block.text))
    if (Object.keys(models).every(name => /^[a-z]$|^user$|^fresh$/.test(name))) continue
    const content = await native(models).load({ dialect: 'postgresql', directory: folder })
    const statements = 'operations' in content ? await compiled(content.operations) : []
    await expect(rolledBack(statements), `models.md:${block.line}`).resolves.toBeUndefined()
  }
}, 60_000)

async function rolledBack(statements: readonly string[]): Promise<void> {
  await database.exec('BEGIN; CREATE SCHEMA empty; SET LOCAL search_path = empty, public')
  try {
    for (const statement of statements) await database.query(statement)
  } finally {
    await database.exec('ROLLBACK')
  }
}

test('the page shows no SQL without the code that makes it', () => {
  const makers = directives.filter(block => sqlAfter(block) !== undefined)
  expect(makers).toHaveLength(blocks.filter(block => block.language === 'sql').length)
  expect(readPage(page)).toContain('```sql')
})
