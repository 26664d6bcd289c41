import { execFileSync, type SpawnSyncOptions } from 'node:child_process'

/** The account PostgreSQL runs under where the tests run as root, which it refuses. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

let found: { readonly user: ServerUser | undefined } | undefined

/** `nobody` for root, otherwise undefined: the user who runs the tests. */
export function serverUser(): ServerUser | undefined {
  found ??= { user: process.getuid?.() === 0 ? nobody() : undefined }
  return found.user
}

function nobody(): ServerUser {
  const id = (option: string) =>
    Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Runs a program to its end as the server's user. */
export function runAsServerUser(command: string, args: string[], options: SpawnSyncOptions): void {
  execFileSync(command, args, {
    ...options,
    ...serverUser(),
    env: serverEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Nothing of the developer's locale, time zone or PG* variables reaches a test server. */
export const serverEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
}
