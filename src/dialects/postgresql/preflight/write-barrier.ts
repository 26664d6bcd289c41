import type { Connection } from '../../dialect.ts'
import type { Situation, WriteBarrier } from '../../situation.ts'
import { quote } from '../quoting.ts'

/** Why a session that may not write may not: asked only where that is so. */
export function writeBarrier(connection: Connection, situation: Situation): Promise<WriteBarrier> {
  return situation.isStandby ? standby(connection) : readOnly(connection, situation)
}

async function standby(connection: Connection): Promise<WriteBarrier> {
  const primary = await primaryOf(connection)
  return {
    sentence: 'The server is a standby: it only repeats what its primary does.',
    hint:
      primary === undefined
        ? 'Give the URL of the primary. A URL with several hosts and `target_session_attrs=read-write` finds it by itself.'
        : `Its primary is ${primary}: give the URL of that.`,
    facts: { primary },
  }
}

/** Only some roles may see it; it holds a password, of which nothing is kept. */
async function primaryOf(connection: Connection): Promise<string | undefined> {
  try {
    const { rows } = await connection.query<{ conninfo: string | null }>(
      "SELECT current_setting('primary_conninfo', true) AS conninfo",
    )
    return placeIn(rows[0]?.conninfo ?? '')
  } catch {
    return undefined
  }
}

/** Host and port of libpq's `name=value` words, and nothing else of them. */
function placeIn(conninfo: string): string | undefined {
  const word = (name: string) => {
    const [, quoted, bare] =
      new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|(\\S+))`).exec(conninfo) ?? []
    return quoted ?? bare
  }
  const host = word('host') || word('hostaddr')
  return host ? `${host}:${word('port') ?? '5432'}` : undefined
}

interface Setting {
  readonly value: string
  readonly source: string
}

async function readOnly(connection: Connection, situation: Situation): Promise<WriteBarrier> {
  const { rows } = await connection.query<Setting>(
    "SELECT setting AS value, source FROM pg_settings WHERE name = 'default_transaction_read_only'",
  )
  const { value, source } = rows[0] ?? { value: 'off', source: 'default' }
  if (value === 'off')
    return {
      sentence: 'The transaction that is open on the connection is read-only.',
      hint: 'Give limbeck a connection whose transaction may write, or one without a transaction.',
      facts: { source: 'transaction' },
    }
  const { place, undo } = placeOf(source, situation)
  return {
    sentence: `Sessions may not write here: default_transaction_read_only is on, set ${place}.`,
    hint: `Where that is meant, this is the wrong place to migrate; else ${undo}. For limbeck alone: add \`options=-c%20default_transaction_read_only%3Doff\` to the URL.`,
    facts: { setting: 'default_transaction_read_only', source },
  }
}

const setting = 'default_transaction_read_only'

/** The session that takes it back may not write either, before it says otherwise. */
function placeOf(source: string, { database, sessionUser }: Situation) {
  const [role, base] = [quote(sessionUser), quote(database)]
  switch (source) {
    case 'database':
      return {
        place: `for the database ${database}`,
        undo: `SET ${setting} = off; ALTER DATABASE ${base} RESET ${setting};`,
      }
    case 'user':
      return {
        place: `for the role ${sessionUser}`,
        undo: `SET ${setting} = off; ALTER ROLE ${role} RESET ${setting};`,
      }
    case 'database user':
      return {
        place: `for the role ${sessionUser} in the database ${database}`,
        undo: `SET ${setting} = off; ALTER ROLE ${role} IN DATABASE ${base} RESET ${setting};`,
      }
    case 'client':
      return {
        place: "by the connection's own options",
        undo: 'take it out of `options` in the URL, or of PGOPTIONS',
      }
    case 'session':
      return { place: 'by a SET in this session', undo: 'take it out of env.ts' }
    default:
      return {
        place: "in the server's configuration",
        undo: `ALTER SYSTEM RESET ${setting}; SELECT pg_reload_conf(); (some services set it when the disk is full)`,
      }
  }
}
