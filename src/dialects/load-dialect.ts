import { LimbeckError } from '../errors.ts'
import type { Dialect, DialectName } from './dialect.ts'

/** The room of a dialect; only the one that is asked for is loaded. */
export async function loadDialect(name: DialectName): Promise<Dialect> {
  if (name === 'postgresql') return (await import('./postgresql/dialect.ts')).postgresql
  throw new LimbeckError('DIALECT_UNSUPPORTED', `limbeck does not speak ${name} yet.`, {
    facts: { dialect: name, supported: ['postgresql'] },
    hint: 'Set `dialect` to "postgresql".',
  })
}
