import { LimbeckError } from '../errors.ts'
import { importSdk } from './import-sdk.ts'
import { urlOfParts } from './origins.ts'
import { isWithoutSecrets, noSecretUrl } from './without-secrets.ts'

/** A database of RDS or Aurora, and the role whose password is a token of IAM. */
export interface RdsIamOptions {
  readonly host: string
  /** 5432 by default. */
  readonly port?: number | undefined
  readonly user: string
  readonly database: string
  /** By default the one of the AWS environment (`AWS_REGION`, profile). */
  readonly regionName?: string | undefined
  /** Signs the token in place of the AWS SDK. */
  readonly getAuthToken?: ((request: RdsTokenRequest) => Promise<string>) | undefined
}

export interface RdsTokenRequest {
  readonly hostname: string
  readonly port: number
  readonly username: string
  readonly region?: string
}

/**
 * The URL of a database that takes a token of IAM for a password. The token is good for connections of the next 15
 * minutes and is made anew at each call; it is only taken over TLS, so the URL says `sslmode=require`. Needs
 * `@aws-sdk/rds-signer`. With `--replay` nobody connects: then none is made.
 */
export async function rdsIam(options: RdsIamOptions): Promise<string> {
  if (isWithoutSecrets()) return noSecretUrl
  const { host, port = 5432, user, database, regionName } = options
  const request = {
    hostname: host,
    port,
    username: user,
    ...(regionName === undefined ? {} : { region: regionName }),
  }
  const token = await (options.getAuthToken ?? signed)(request).catch(error => {
    throw unsigned(options, error)
  })
  const option = (name: 'host' | 'port' | 'user' | 'database', value: string | number) => ({
    value: String(value),
    from: `the option ${name}`,
  })
  const parts = {
    host: option('host', host),
    port: option('port', port),
    user: option('user', user),
    database: option('database', database),
    password: { value: token, from: 'a token of IAM' },
  }
  return urlOfParts(parts, wrongPort, { sslmode: 'require' })
}

function wrongPort({ value }: { readonly value: string }): Error {
  return new LimbeckError('SECRET_INVALID', `The option port of rdsIam is no port: ${value}.`, {
    facts: { port: value },
    hint: 'Give a number from 1 to 65535.',
  })
}

interface RdsSigner {
  readonly Signer: new (request: RdsTokenRequest) => { getAuthToken(): Promise<string> }
}

async function signed(request: RdsTokenRequest): Promise<string> {
  const { Signer } = await importSdk<RdsSigner>('@aws-sdk/rds-signer', 'rdsIam')
  return new Signer(request).getAuthToken()
}

function unsigned({ host, user }: RdsIamOptions, error: unknown): unknown {
  if (error instanceof LimbeckError) return error
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new LimbeckError(
    'SECRET_UNAVAILABLE',
    `No token of IAM can be made for ${user} at ${host}: ${reason}`,
    {
      facts: { host, user },
      hint: 'Check the credentials of AWS here, the region, and that this role may call rds-db:connect for that user.',
      cause: error,
    },
  )
}
