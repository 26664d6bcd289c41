import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { downgrade, revision, upgrade } from 'limbeck/commands'
import type { ProjectInput } from '../../src/environment/project.ts'
import { runInPsql } from '../support/psql.ts'

/** A way to move a database: with limbeck, or with the script that it writes. */
export interface Command {
  readonly name: string
  readonly direction: 'upgrade' | 'downgrade'
  readonly isOffline: boolean
}

export const commands: readonly Command[] = [
  { name: 'upgrade', direction: 'upgrade', isOffline: false },
  { name: 'downgrade', direction: 'downgrade', isOffline: false },
  { name: 'upgrade --sql', direction: 'upgrade', isOffline: true },
  { name: 'downgrade --sql', direction: 'downgrade', isOffline: true },
]

/** A project whose target is a file of SQL, in which one revision is written after the other. */
export class HistoryProject {
  readonly #folder = mkdtempSync(join(tmpdir(), 'limbeck-history-'))
  readonly #input: ProjectInput

  constructor(url: string) {
    const keys = `url: ${JSON.stringify(url)}, scriptLocation: '.', manage: 'all'`
    const config = this.#write(
      'limbeck.config.mjs',
      `import { sqlFiles } from 'limbeck'\nexport default { ${keys}, target: sqlFiles('schema.sql') }\n`,
    )
    this.#input = { cwd: this.#folder, config, env: {} }
  }

  /** Writes a revision towards a schema, also where nothing has to change; gives its file. */
  async autogenerate(revId: string, schema: string): Promise<string> {
    copyFileSync(schema, join(this.#folder, 'schema.sql'))
    const { path } = await revision({
      ...this.#input,
      ...{ autogenerate: true, allowEmpty: true, revId, message: '' },
    })
    return path!
  }

  async upgrade(): Promise<void> {
    await upgrade({ ...this.#input, revision: 'head' })
  }

  async downgrade(destination: string): Promise<void> {
    await downgrade({ ...this.#input, revision: destination })
  }

  /** Takes a database from one revision to another; a script twice, which must not matter. */
  async move(
    { direction, isOffline }: Command,
    from: string,
    to: string,
    url: string,
  ): Promise<void> {
    const run = direction === 'upgrade' ? upgrade : downgrade
    if (isOffline) await this.#runInPsql(run, `${from}:${to}`, url)
    else await run({ ...this.#input, url, revision: to })
  }

  async #runInPsql(run: typeof downgrade, range: string, url: string): Promise<void> {
    const { sql = '' } = await run({ ...this.#input, revision: range, sql: true })
    try {
      const path = this.#write('offline.sql', sql)
      await runInPsql(url, path)
      // Whoever runs it again by mistake is at its end already, and stays there.
      await runInPsql(url, path)
    } catch (error) {
      throw refusal(error, sql)
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #write(name: string, text: string): string {
    const path = join(this.#folder, name)
    writeFileSync(path, text)
    return path
  }
}

/** What psql says of a script, with the step that it came to. */
function refusal(error: unknown, sql: string): unknown {
  const { stderr } = error as { stderr?: string }
  const [, line, message] = /^psql:.*?:(\d+): ERROR: +(.*)$/m.exec(stderr ?? '') ?? []
  if (line === undefined) return error
  const before = sql.split('\n', Number(line)).filter(text => text.startsWith('-- Running '))
  return new Error(`line ${line}, ${before.at(-1)?.slice(3)}: ${message}`)
}
