import { execFileSync } from 'node:child_process'
import { plainEnvironment } from './cli-project.ts'

/** A repository in a folder, as a team of one uses it. */
export interface Repository {
  git(...words: readonly string[]): string
  /** Commits everything; gives the commit's short name. */
  commit(subject: string): string
}

/** Without the settings of whoever runs the tests. */
const env = {
  ...plainEnvironment(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
}

/** Makes a folder a repository with a branch `main`. */
export function createRepository(folder: string): Repository {
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: 'pipe', env }).trim()
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
