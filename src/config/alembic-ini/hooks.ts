import { resolve } from 'node:path'
import type { ProgramHook } from '../config.ts'
import { complain, readKey, type Section } from './section.ts'

/** The hooks of `[post_write_hooks]`: those that are programs, and the names of the others. */
export interface IniHooks {
  readonly programs: readonly ProgramHook[]
  /** Each with its type, for the warning. */
  readonly unread: readonly string[]
}

export function postWriteHooks(section: Section, cwd: string): IniHooks {
  const names = (readKey(section, 'hooks') ?? '').split(/[\s,]+/).filter(name => name !== '')
  const hooks = names.map(name => ({ name, type: hookType(section, name) }))
  return {
    programs: hooks
      .filter(({ type }) => type === 'exec')
      .map(({ name }) => program(section, name, cwd)),
    unread: hooks
      .filter(({ type }) => type !== undefined && type !== 'exec')
      .map(({ name, type }) => `the hook ${name} (type ${type})`),
  }
}

function hookType(section: Section, name: string): string | undefined {
  return required(section, `${name.toLowerCase()}.type`, `the hook ${name}`)
}

/** A program that Alembic would start in the process's folder is started there here too. */
function program(section: Section, name: string, cwd: string): ProgramHook {
  const key = name.toLowerCase()
  const executable = required(section, `${key}.executable`, `the hook ${name}`) ?? ''
  return {
    name,
    executable: executable.includes('/') ? resolve(cwd, executable) : executable,
    options: readKey(section, `${key}.options`),
    cwd: resolve(cwd, readKey(section, `${key}.cwd`) ?? '.'),
  }
}

function required(section: Section, key: string, needer: string): string | undefined {
  const value = readKey(section, key)
  if (!section.values.get(key)) complain(section, key, `is missing: ${needer} needs it.`)
  return value
}
