import { LimbeckError } from '../errors.ts'
import { databaseUrl } from './database-url.ts'
import { rememberSecrets } from './secrets.ts'
import { isWithoutSecrets, noSecretUrl } from './without-secrets.ts'

/** Which secret of AWS Secrets Manager holds the address of the database. */
export interface AwsSecretOptions {
  /** Name or ARN. */
  readonly secretName: string
  /** By default the one of the AWS environment (`AWS_REGION`, profile). */
  readonly region?: string | undefined
  /** `AWSCURRENT` by default. */
  readonly versionStage?: string | undefined
  /** Another address of the service, for tests and private networks. */
  readonly endpoint?: string | undefined
  /** The server, where the secret does not say it. */
  readonly host?: string | undefined
  /** The port, where the secret does not say it; 5432 by default. */
  readonly port?: number | undefined
  /** The database: secrets that RDS rotates often name none. */
  readonly database?: string | undefined
  /** Reads the secret in place of the AWS SDK. */
  readonly getSecretValue?: GetSecretValue | undefined
}

export type GetSecretValue = (request: {
  readonly SecretId: string
  readonly VersionStage?: string
}) => Promise<{
  readonly SecretString?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
}>

/**
 * The URL kept in AWS Secrets Manager: a secret that is a URL, JSON with a `url`, or the JSON that
 * RDS writes (`username`, `password`, `host`, `port`, `dbname`). Needs `@aws-sdk/client-secrets-manager`.
 * With `--replay` nobody connects to it: then it is not fetched.
 */
export async function awsSecret(options: AwsSecretOptions): Promise<string> {
  if (isWithoutSecrets()) return noSecretUrl
  const getSecretValue = options.getSecretValue ?? (await sdk(options))
  const secret = await getSecretValue({
    SecretId: options.secretName,
    ...(options.versionStage === undefined ? {} : { VersionStage: options.versionStage }),
  }).catch(error => {
    throw unavailable(options, error)
  })
  const url = urlOfSecret(textOf(secret), options)
  rememberSecrets(url)
  return url
}

const textOf = ({ SecretString, SecretBinary }: Awaited<ReturnType<GetSecretValue>>): string =>
  SecretString ?? new TextDecoder().decode(SecretBinary)

function urlOfSecret(text: string, options: AwsSecretOptions): string {
  const fields = jsonObject(text)
  const url = fields === undefined ? text.trim() : fields.url
  if (typeof url === 'string' && /^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url
  if (fields === undefined) throw invalid(options, 'is neither a URL nor a JSON object')
  return urlOfFields(fields, options)
}

function urlOfFields(fields: Readonly<Record<string, unknown>>, options: AwsSecretOptions): string {
  const word = (...names: string[]) =>
    names.map(name => fields[name]).find(value => typeof value === 'string' && value !== '') as
      | string
      | undefined
  const host = options.host ?? word('host')
  const user = word('username', 'user')
  if (host === undefined || user === undefined) {
    throw invalid(options, `has no ${host === undefined ? 'host' : 'username'}`)
  }
  const port = options.port ?? Number(fields.port ?? 5432)
  if (!Number.isInteger(port)) throw invalid(options, 'has a port that is not a number')
  const database = options.database ?? word('dbname', 'database')
  return databaseUrl({ user, password: word('password'), host, port, database })
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** The part of `@aws-sdk/client-secrets-manager` that is used. */
interface SecretsManager {
  readonly SecretsManager: new (options: {
    readonly region?: string
    readonly endpoint?: string
  }) => { readonly getSecretValue: GetSecretValue }
}

const sdkPackage = '@aws-sdk/client-secrets-manager'

async function sdk({ region, endpoint }: AwsSecretOptions): Promise<GetSecretValue> {
  const { SecretsManager } = await importSdk()
  const client = new SecretsManager({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  return request => client.getSecretValue(request)
}

async function importSdk(): Promise<SecretsManager> {
  try {
    return (await import(sdkPackage)) as SecretsManager
  } catch (error) {
    throw new LimbeckError('PACKAGE_MISSING', `awsSecret needs the package ${sdkPackage}.`, {
      facts: { package: sdkPackage },
      hint: `Run \`npm install ${sdkPackage}\`.`,
      cause: error,
    })
  }
}

/** Facts about the request only: an answer is never quoted, not even a broken one. */
function unavailable({ secretName, region }: AwsSecretOptions, error: unknown): LimbeckError {
  const place = region === undefined ? secretName : `${secretName} in ${region}`
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new LimbeckError('SECRET_UNAVAILABLE', `The secret ${place} cannot be read: ${reason}`, {
    facts: { secretName, region },
    hint: 'Check the name, the region, and that this role may call secretsmanager:GetSecretValue.',
    cause: error,
  })
}

function invalid({ secretName, region }: AwsSecretOptions, what: string): LimbeckError {
  return new LimbeckError('SECRET_INVALID', `The secret ${secretName} ${what}.`, {
    facts: { secretName, region },
    hint: 'Store a URL, or JSON with username, password, host, port and dbname, or with url; host, port and database may also be options of awsSecret.',
  })
}
