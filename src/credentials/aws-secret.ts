import { LimbeckError } from '../errors.ts'
import { awsHint } from './aws-hints.ts'
import { importSdk } from './import-sdk.ts'
import { type SecretDefaults, urlInSecret } from './secret-fields.ts'
import { isWithoutSecrets, noSecretUrl } from './without-secrets.ts'

/** Which secret of AWS Secrets Manager holds the address of the database. */
export interface AwsSecretOptions extends SecretDefaults {
  /** Name or ARN; `{environment}` in it stands for the environment: `db_connection_string_{environment}`. */
  readonly secretName: string
  /** By default the one of the AWS environment (`AWS_REGION`, profile). */
  readonly regionName?: string | undefined
  /** The same as `regionName`. */
  readonly region?: string | undefined
  /** What `{environment}` stands for; by default `ENVIRONMENT`, else `APP_ENV`, else `NODE_ENV`. */
  readonly environment?: string | undefined
  /** `AWSCURRENT` by default. */
  readonly versionStage?: string | undefined
  /** Another address of the service, for tests and private networks. */
  readonly endpoint?: string | undefined
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
 * RDS writes (`username`, `password`, `host`, `port`, `dbname`). Needs `@aws-sdk/client-secrets-manager`, which is
 * asked once in a process. With `--replay` nobody connects to it: then it is not fetched.
 */
export async function awsSecret(options: AwsSecretOptions): Promise<string> {
  if (isWithoutSecrets()) return noSecretUrl
  const { regionName = options.region } = options
  const name = nameIn(options)
  const facts = { secretName: name, region: regionName }
  const text = await secretText({ ...options, secretName: name, regionName }).catch(error => {
    throw unavailable(name, regionName, error)
  })
  return urlInSecret(text, `the secret ${name}`, options, what => {
    return new LimbeckError('SECRET_INVALID', `The secret ${name} ${what}.`, {
      facts,
      hint: 'Store a URL, or JSON with username, password, host, port and dbname, or with url; host, port and database may also be options of awsSecret.',
    })
  })
}

const environmentNames = ['ENVIRONMENT', 'APP_ENV', 'NODE_ENV']

function nameIn({ secretName, environment }: AwsSecretOptions): string {
  if (!secretName.includes('{environment}')) return secretName
  const value = environment ?? environmentNames.map(name => process.env[name]).find(Boolean)
  if (value) return secretName.replaceAll('{environment}', value)
  throw new LimbeckError(
    'SECRET_UNAVAILABLE',
    `The secret ${secretName} cannot be named: no environment is set.`,
    {
      facts: { secretName, tried: environmentNames },
      hint: `Set ${environmentNames.join(', ')}, or give awsSecret the option environment.`,
    },
  )
}

/** By request: a secret that was fetched once is not asked for again. */
const fetched = new Map<string, Promise<string>>()

function secretText(options: AwsSecretOptions): Promise<string> {
  const { secretName, versionStage, regionName, endpoint, getSecretValue } = options
  const request = {
    SecretId: secretName,
    ...(versionStage === undefined ? {} : { VersionStage: versionStage }),
  }
  if (getSecretValue !== undefined) return getSecretValue(request).then(textOf)
  const key = JSON.stringify([request, regionName, endpoint])
  const known = fetched.get(key)
  if (known !== undefined) return known
  const asked = sdk(options)
    .then(get => get(request))
    .then(textOf)
  fetched.set(key, asked)
  asked.catch(() => fetched.delete(key))
  return asked
}

const textOf = ({ SecretString, SecretBinary }: Awaited<ReturnType<GetSecretValue>>): string =>
  SecretString ?? new TextDecoder().decode(SecretBinary)

/** The part of `@aws-sdk/client-secrets-manager` that is used. */
interface SecretsManager {
  readonly SecretsManager: new (options: {
    readonly region?: string
    readonly endpoint?: string
  }) => { readonly getSecretValue: GetSecretValue }
}

async function sdk({ regionName, endpoint }: AwsSecretOptions): Promise<GetSecretValue> {
  const name = '@aws-sdk/client-secrets-manager'
  const { SecretsManager } = await importSdk<SecretsManager>(name, 'awsSecret')
  const client = new SecretsManager({
    ...(regionName === undefined ? {} : { region: regionName }),
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  return request => client.getSecretValue(request)
}

/** Facts about the request only: an answer is never quoted, not even a broken one. */
function unavailable(secretName: string, region: string | undefined, error: unknown): unknown {
  if (error instanceof LimbeckError) return error
  const place = region === undefined ? secretName : `${secretName} in ${region}`
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new LimbeckError('SECRET_UNAVAILABLE', `The secret ${place} cannot be read: ${reason}`, {
    facts: { secretName, region },
    hint: awsHint(error),
    cause: error,
  })
}
