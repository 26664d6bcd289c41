import { execFileSync } from 'node:child_process'

/** A repository in a folder, as a team of one uses it. */
export interface Repository {
  git(...words: readonly string[]): string
  /** Commits everything; gives the commit's short name. */
  commit(subject: string): string
}

/** Makes a folder a repository with a branch `main`. */
export function createRepository(folder: string): Repository {
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'Ann')
  git('config', 'user.email', 'ann@example.com')
  return {
    git,
    commit: subject => {
      git('add', '.')
      git('commit', '-q', '--allow-empty', '-m', subject)
      return git('rev-parse', '--short=7', 'HEAD')
    },
  }
}
