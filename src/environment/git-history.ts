import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { assignmentOf, type SoughtRevision } from '../scripts/find-stray.ts'

/** What git knows of a revision that is not in the folder. */
export interface GitTrace {
  readonly id: string
  /** Relative to the repository. */
  readonly path: string
  /** The commit that added it, in short. */
  readonly commit: string
  readonly author: string
  /** `2026-11-20`. */
  readonly date: string
  readonly subject: string
  /** What holds that commit, but for what is checked out. */
  readonly branches: readonly string[]
  /** It is in the past of what is checked out, so it was deleted: the commit that did, if one did. */
  readonly deletion?: { readonly commit: string | undefined } | undefined
}

/** How long git is waited for, in milliseconds: a hint is worth no more. */
const patience = 2000

const run = promisify(execFile)

/**
 * Asks git where a revision is that the folders do not hold: on another branch, or deleted. Without
 * git or a repository, or where the answer takes too long, undefined.
 */
export async function findInGit(
  sought: SoughtRevision,
  folders: readonly string[],
): Promise<GitTrace | undefined> {
  const git = new Git(folders[0]!, AbortSignal.timeout(patience))
  try {
    const added = await git.additions(sought.id, folders)
    for (const { path, commit, ...about } of added) {
      const found = assignmentOf(sought).exec(await git.text(commit, path))?.groups?.id
      if (found === undefined) continue
      const place = await git.whereabouts(commit, path)
      return { id: found, path, ...about, commit: commit.slice(0, 7), ...place }
    }
  } catch {
    // No git, no repository, no time: then there is nothing to tell.
  }
  return undefined
}

/** The line of a `.gitignore` that keeps new revision files out of git, as `file:line:pattern`. */
export async function ignoringLine(id: string, folder: string): Promise<string | undefined> {
  const git = new Git(folder, AbortSignal.timeout(patience))
  try {
    const answer = await git.ask('check-ignore', '-v', '--no-index', join(folder, `${id}_.ts`))
    return answer.split('\t')[0]
  } catch {
    return undefined
  }
}

/** The name of who added a file, where git knows that it was somebody else than whoever works here. */
export async function otherAuthorOf(path: string): Promise<string | undefined> {
  const git = new Git(dirname(path), AbortSignal.timeout(patience))
  try {
    const own = await git.ask('config', 'user.email')
    const added = await git.ask('log', '--diff-filter=A', '--format=%an%x02%ae', '--', path)
    const [name, email] = added.split('\n').at(-1)!.split('\x02')
    return email === undefined || email === own ? undefined : name
  } catch {
    return undefined
  }
}

class Git {
  readonly #folder: string
  readonly #signal: AbortSignal

  constructor(folder: string, signal: AbortSignal) {
    this.#folder = existing(folder)
    this.#signal = signal
  }

  /** The answer, without the line break at its end. It takes no lock and asks nobody anything. */
  async ask(...words: readonly string[]): Promise<string> {
    const { stdout } = await run('git', ['-c', 'core.quotePath=false', ...words], {
      cwd: this.#folder,
      signal: this.#signal,
      maxBuffer: 4_000_000,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    })
    return stdout.trimEnd()
  }

  /** Commits of every branch that have added a file with the id in it, newest first. */
  async additions(id: string, folders: readonly string[]) {
    const answer = await this.ask(
      ...['log', '--all', '--no-renames', '--diff-filter=A', '--name-only', `-S${id}`],
      ...['--format=%x01%H%x02%an%x02%cs%x02%s', '--', ...folders],
    )
    return answer.split('\x01').flatMap(entry => {
      const [head = '', ...paths] = entry.split('\n').filter(line => line !== '')
      const [commit = '', author = '', date = '', subject = ''] = head.split('\x02')
      return paths.map(path => ({ path, commit, author, date, subject }))
    })
  }

  text(commit: string, path: string): Promise<string> {
    return this.ask('show', `${commit}:${path}`)
  }

  async whereabouts(
    commit: string,
    path: string,
  ): Promise<Pick<GitTrace, 'branches' | 'deletion'>> {
    const format = '--format=%(HEAD)%(refname:short)'
    const lines = (await this.ask('branch', '-a', '--contains', commit, format)).split('\n')
    const branches = lines
      .filter(line => line.startsWith(' ') && !line.endsWith('/HEAD'))
      .map(line => line.slice(1))
    // What is checked out is marked with a star, also where it is no branch.
    if (!lines.some(line => line.startsWith('*'))) return { branches }
    const last = ['log', '-1', '--no-renames', '--diff-filter=D', '--format=%h', '--']
    const deletion = (await this.ask(...last, `:/${path}`)) || undefined
    return { branches, deletion: { commit: deletion } }
  }
}

/** git takes an empty folder away with the last file in it. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder))
}
