import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CliProject } from '../support/cli-project.ts'
import type { PostgresProcess } from '../support/postgres-process.ts'
import { runAsServerUser, serverUser } from '../support/postgres-user.ts'
import { findProgram } from '../support/run-program.ts'
import { queryOnce, testServerAt } from '../support/servers.ts'
import { temporaryRoot } from '../support/temporary-root.ts'
import { dumpOf, flawsOf, runUndisturbed, words } from './expected.ts'
import { startLimbeck } from './limbeck-process.ts'
import { randomFrom } from './random.ts'
import { differencesOf, type RoundResult } from './rounds.ts'

/** Something on which a server runs out of room. */
export interface SmallDisk {
  readonly name: string
  /** What says where a database lies, behind CREATE DATABASE. */
  readonly where: string
  /** As many bytes, and all that the history writes fits. */
  readonly enough: number
  /** Leaves so many bytes for what is written from now on. */
  limit(bytes: number): void
  /** Gives all the room back. */
  free(): void
  remove(): Promise<void>
}

const megabyte = 1 << 20

/** A file system in memory that is really full; undefined where it may not be mounted. */
export async function mountedDisk(server: PostgresProcess): Promise<SmallDisk | undefined> {
  const user = serverUser()
  if (user === undefined) return undefined
  const folder = mkdtempSync(join(temporaryRoot(), 'limbeck-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const [data, ballast] = [join(folder, 'data'), join(folder, 'ballast')]
  mkdirSync(data)
  for (const path of [folder, data]) chownSync(path, user.uid, user.gid)
  await queryOnce(server.url, `CREATE TABLESPACE small LOCATION '${data}'`)
  const free = () => rmSync(ballast, { force: true })
  return {
    name: 'a full file system',
    where: 'TABLESPACE small',
    enough: 8 * megabyte,
    limit: bytes => {
      free()
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes)))
    },
    free,
    remove: async () => {
      await queryOnce(server.url, 'DROP TABLESPACE small')
      execFileSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true })
    },
  }
}

/** A limit of the size of files, which sessions that are opened from now on have; needs no rights. */
export function limitedFiles(server: PostgresProcess): SmallDisk | undefined {
  const program = findProgram('prlimit')
  if (program === undefined) return undefined
  const set = (bytes: number | 'unlimited') =>
    runAsServerUser(program, ['--pid', String(server.pid), `--fsize=${bytes}:`], { cwd: '/' })
  return {
    name: 'a limit of the size of files',
    where: '',
    enough: 1.5 * megabyte,
    // The server's own files of changes are of a megabyte.
    limit: bytes => set(megabyte + bytes),
    free: () => set('unlimited'),
    remove: async () => set('unlimited'),
  }
}

/** Rounds in which a run meets a full disk, and the next one has room. */
export async function prepareDisk(
  own: PostgresProcess,
  disk: SmallDisk,
  project: CliProject,
  seed: number,
): Promise<{ run(number: number): Promise<RoundResult>; stop(): Promise<void> }> {
  const server = testServerAt(own.url, own.major)
  // Of more than a megabyte once every row has changed.
  const undisturbed = await runUndisturbed(server, project, { rows: 3000, padding: 300 })
  const { template, dump } = undisturbed.upgrade
  return {
    run: async number => {
      const random = randomFrom(seed * 1_000_003 + number)
      const name = `limbeck_test_disk_${process.pid}_${number}`
      const url = Object.assign(new URL(own.url), { pathname: `/${name}` }).href
      await queryOnce(own.url, `CREATE DATABASE ${name} TEMPLATE "${template}" ${disk.where}`)
      try {
        const bytes = Math.round(random() * disk.enough)
        disk.limit(bytes)
        const full = startLimbeck(project, url, words.upgrade)
        const isRefused = (await full.ended) !== 0
        disk.free()
        const story = `${disk.name}, ${bytes} bytes: ${refusal(full.said())}`
        return { kills: Number(isRefused), story, differences: await goOn(project, url, dump) }
      } finally {
        disk.free()
        await queryOnce(own.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      }
    },
    stop: undisturbed.drop,
  }
}

const refusal = (said: string): string =>
  /^error .*|^Error.*/m.exec(said)?.[0] ?? 'nothing was refused'

async function goOn(project: CliProject, url: string, expected: string): Promise<string[]> {
  const { ended, said } = startLimbeck(project, url, words.upgrade)
  if ((await ended) !== 0) return [`failed:\n${said()}`]
  return [...differencesOf(await dumpOf(url), expected), ...(await flawsOf(url, 'upgrade'))]
}
