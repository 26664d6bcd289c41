import { LimbeckError } from '../errors.ts'
import type { Dialect, DialectName } from './dialect.ts'

/** The room of a dialect; only the one that is asked for is loaded. */
export async function loadDialect(name: DialectName): Promise<Dialect> {
  switch (name) {
    case 'postgresql':
      return (await import('./postgresql/dialect.ts')).postgresql
    case 'sqlite':
      return (await import('./sqlite/dialect.ts')).sqlite
    case 'mysql':
      return (await import('./mysql/dialect.ts')).mysql
    default:
      throw new LimbeckError('DIALECT_UNSUPPORTED', `limbeck does not speak ${String(name)}.`, {
        facts: { dialect: name, supported: ['postgresql', 'sqlite', 'mysql'] },
        hint: 'Set `dialect` to "postgresql", "sqlite" or "mysql".',
      })
  }
}
