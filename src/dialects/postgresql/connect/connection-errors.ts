import { type ErrorCode, LimbeckError } from '../../../errors.ts'

/** Whom a connection was meant for: what messages may name. There is no password among it. */
export interface ConnectionTarget {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

interface Diagnosis {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
}

interface DriverError extends Error {
  readonly code?: string
}

/** What kept a connection from being made, with the step that most likely mends it. */
export function connectionError(cause: unknown, target: ConnectionTarget): LimbeckError {
  const error = cause as DriverError
  const diagnosis = diagnose(error, target) ?? otherwise(error, target)
  return new LimbeckError(diagnosis.code, diagnosis.message, {
    facts: { ...target, reason: error.code },
    hint: diagnosis.hint,
    cause,
  })
}

function diagnose(error: DriverError, target: ConnectionTarget): Diagnosis | undefined {
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return hostNotFound(target)
    case 'ECONNREFUSED':
    case 'ENOENT':
      return refused(target)
    case 'ETIMEDOUT':
      return timedOut(target)
    case '28P01':
      return authenticationFailed(error, target)
    case '28000':
      return isEncryptionDemanded(error) ? tlsDemanded(target) : authenticationFailed(error, target)
    case '3D000':
      return databaseMissing(target)
    case '53300':
      return tooMany(error, target)
    case '57P03':
      return notReady(error, target)
  }
  if (error.message === 'timeout expired') return timedOut(target)
  if (error.message.startsWith('SASL:')) return authenticationFailed(error, target)
  return tlsFailed(error, target)
}

const place = ({ host, port }: ConnectionTarget): string =>
  host.startsWith('/')
    ? `${host}/.s.PGSQL.${port}`
    : `${host.includes(':') ? `[${host}]` : host}:${port}`

const isLocal = ({ host }: ConnectionTarget): boolean => /^(localhost|127\.|::1$)/.test(host)

/** Single words are not names of the internet: they are known inside Docker or Kubernetes. */
function hostNotFound(target: ConnectionTarget): Diagnosis {
  const { host, port } = target
  const isWord = /^[a-z0-9_-]+$/i.test(host)
  return {
    code: 'HOST_NOT_FOUND',
    message: `The host "${host}" cannot be found.`,
    hint: isWord
      ? `"${host}" looks like the name of a Docker or Kubernetes service, which only its own network knows. ` +
        `Run the command inside the container or cluster, or use localhost and the port that is mapped to ${port}.`
      : 'Check the spelling of the host in the URL, and that this machine can resolve it.',
  }
}

function refused(target: ConnectionTarget): Diagnosis {
  if (target.host.startsWith('/')) {
    return {
      code: 'CONNECTION_REFUSED',
      message: `No PostgreSQL listens on the socket ${place(target)}.`,
      hint: 'Start the server, or correct the folder and port of the socket in the URL.',
    }
  }
  return {
    code: 'CONNECTION_REFUSED',
    message: `Nothing accepts connections on ${place(target)}.`,
    hint: isLocal(target)
      ? 'Start the server. If it runs in a container or a cluster, its port is not mapped here: ' +
        `look at \`docker compose ps\`, or run \`kubectl port-forward service/NAME ${target.port}:5432\`.`
      : 'Check host and port in the URL, that the server is running, and that it listens to other machines (listen_addresses).',
  }
}

function timedOut(target: ConnectionTarget): Diagnosis {
  return {
    code: 'CONNECTION_TIMEOUT',
    message: `${place(target)} did not answer in time.`,
    hint:
      'A firewall, a security group or a missing VPN usually drops packets like this. ' +
      'If the network is only slow, add connect_timeout=SECONDS to the URL.',
  }
}

function authenticationFailed(error: DriverError, target: ConnectionTarget): Diagnosis {
  const isPasswordMissing = error.message.includes('password must be a')
  const { user } = target
  return {
    code: 'AUTHENTICATION_FAILED',
    message: isPasswordMissing
      ? `The server at ${place(target)} asks for the password of user "${user}", and the URL has none.`
      : `The server at ${place(target)} refused user "${user}": ${error.message}.`,
    hint: isPasswordMissing
      ? 'Add it to the URL (postgresql://USER:PASSWORD@…), or set PGPASSWORD.'
      : 'Check user and password. In a URL characters such as @ : / ? and % are percent-encoded.',
  }
}

function databaseMissing(target: ConnectionTarget): Diagnosis {
  const { host, port, user, database } = target
  const word = /^[\w.-]+$/.test(database) ? database : `"${database}"`
  return {
    code: 'DATABASE_MISSING',
    message: `The server at ${place(target)} has no database "${database}".`,
    hint:
      `Create it with \`createdb -h ${host} -p ${port} -U ${user} ${word}\` ` +
      `(in SQL: CREATE DATABASE "${database.replaceAll('"', '""')}"), or correct the name in the URL.`,
  }
}

function tooMany(error: DriverError, target: ConnectionTarget): Diagnosis {
  return {
    code: 'TOO_MANY_CONNECTIONS',
    message: `The server at ${place(target)} takes no more connections: ${error.message}.`,
    hint: 'Try again when other sessions have ended, or raise max_connections or the limit of the role or database.',
  }
}

function notReady(error: DriverError, target: ConnectionTarget): Diagnosis {
  return {
    code: 'CONNECTION_FAILED',
    message: `The server at ${place(target)} does not take connections yet: ${error.message}.`,
    hint: 'Try again in a moment.',
  }
}

/** What pg_hba.conf says of a session without TLS; only the English text tells it from other refusals. */
function isEncryptionDemanded({ message }: Error): boolean {
  return /no encryption|SSL off/.test(message)
}

function tlsDemanded(target: ConnectionTarget): Diagnosis {
  return {
    code: 'CONNECTION_FAILED',
    message: `The server at ${place(target)} takes only encrypted connections.`,
    hint: 'Add sslmode=require to the URL.',
  }
}

function tlsFailed(error: DriverError, target: ConnectionTarget): Diagnosis | undefined {
  if (lacksTls(error)) {
    return {
      code: 'CONNECTION_FAILED',
      message: `The server at ${place(target)} does not speak TLS, which the URL's sslmode asks for.`,
      hint: 'Turn TLS on in the server, or use sslmode=disable where the network is trusted.',
    }
  }
  if (!/CERT|SELF_SIGNED|SIGNATURE|^ERR_(SSL|TLS)/.test(error.code ?? '')) return undefined
  return {
    code: 'CONNECTION_FAILED',
    message: `The certificate of ${place(target)} is not accepted: ${error.message}.`,
    hint: 'Name the authority that signed it with sslrootcert=FILE, or ask for less: sslmode=verify-ca checks no name, sslmode=require checks nothing.',
  }
}

function otherwise(error: DriverError, target: ConnectionTarget): Diagnosis {
  return {
    code: 'CONNECTION_FAILED',
    message: `The connection to ${place(target)} failed: ${error.message || error.code}.`,
    hint: 'Check that the URL names a PostgreSQL server that this machine can reach.',
  }
}

/** What pg says when the server answers that it has no TLS. */
const noTls = 'The server does not support SSL connections'

/** Whether a session was asked to be encrypted by a server that cannot. */
export function lacksTls(error: unknown): boolean {
  return (error as Error).message === noTls
}

/** Whether another way to speak TLS, or to do without, may succeed where this one failed. */
export function mayDependOnTls(error: unknown): boolean {
  return lacksTls(error) || (error as DriverError).code === '28000'
}

/** Whether the next of several hosts may answer where this one did not. */
export function isUnreachable(error: LimbeckError): boolean {
  return unreachable.has(error.code)
}

const unreachable = new Set<ErrorCode>([
  'HOST_NOT_FOUND',
  'CONNECTION_REFUSED',
  'CONNECTION_TIMEOUT',
  'CONNECTION_FAILED',
  'TOO_MANY_CONNECTIONS',
])
