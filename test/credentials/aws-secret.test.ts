import { afterEach, describe, expect, test, vi } from 'vitest'
import { type AwsSecretOptions, awsSecret } from '../../src/credentials/aws-secret.ts'
import { LimbeckError } from '../../src/errors.ts'

const read = (secret: unknown, options: Partial<AwsSecretOptions> = {}) =>
  awsSecret({
    secretName: 'prod/auth',
    region: 'eu-west-1',
    ...options,
    getSecretValue: async () => ({
      SecretString: typeof secret === 'string' ? secret : JSON.stringify(secret),
    }),
  })

const fields = { username: 'app', password: 'p@ss word', host: 'db', port: 5433, dbname: 'shop' }

test('the JSON that RDS writes becomes a URL', async () => {
  expect(await read(fields)).toBe('postgresql://app:p%40ss%20word@db:5433/shop')
})

test('what the secret leaves out comes from the options', async () => {
  const { username, password } = fields
  expect(await read({ username, password }, { host: 'h', database: 'd' })).toBe(
    'postgresql://app:p%40ss%20word@h:5432/d',
  )
})

test('a secret that is a URL, or has one, is taken as it is', async () => {
  expect(await read(' postgresql://a:b@h/d\n')).toBe('postgresql://a:b@h/d')
  expect(await read({ url: 'postgresql://a:b@h/d', host: 'x' })).toBe('postgresql://a:b@h/d')
})

test('a binary secret is read as text', async () => {
  const SecretBinary = new TextEncoder().encode('postgresql://a:b@h/d')
  const getSecretValue = async () => ({ SecretBinary })
  expect(await awsSecret({ secretName: 's', getSecretValue })).toBe('postgresql://a:b@h/d')
})

test('the request names the secret and its stage', async () => {
  const requests: unknown[] = []
  const getSecretValue = async (request: unknown) => {
    requests.push(request)
    return { SecretString: 'postgresql://h' }
  }
  await awsSecret({ secretName: 's', getSecretValue })
  await awsSecret({ secretName: 's', versionStage: 'AWSPREVIOUS', getSecretValue })
  expect(requests).toEqual([{ SecretId: 's' }, { SecretId: 's', VersionStage: 'AWSPREVIOUS' }])
})

test.each([
  ['hush-hush', 'is neither a URL nor a JSON object'],
  ['"hush-hush"', 'is neither a URL nor a JSON object'],
  [{ username: 'app', password: 'hush-hush' }, 'has no host'],
  [{ host: 'h', password: 'hush-hush' }, 'has no username'],
  [
    { ...fields, password: 'hush-hush', port: 'hush' },
    'has a port that is not a number from 1 to 65535',
  ],
  [{ ...fields, password: undefined }, 'has no password'],
  [{ ...fields, password: '' }, 'has no password'],
  [{ ...fields, port: '5432.5' }, 'has a port that is not a number from 1 to 65535'],
])('a secret that is no address is refused without being shown: %j', async (secret, what) => {
  const error = await read(secret).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(LimbeckError)
  expect(error).toMatchObject({
    code: 'SECRET_INVALID',
    message: `The secret prod/auth ${what}.`,
  })
  expect(
    JSON.stringify([error, (error as LimbeckError).hint, (error as Error).cause]),
  ).not.toContain('hush')
})

test('an error of the service names the secret, the region and the reason', async () => {
  const refusal = Object.assign(new Error('not authorised'), { name: 'AccessDeniedException' })
  const getSecretValue = () => Promise.reject(refusal)
  await expect(
    awsSecret({ secretName: 'prod/auth', region: 'eu-west-1', getSecretValue }),
  ).rejects.toMatchObject({
    code: 'SECRET_UNAVAILABLE',
    message:
      'The secret prod/auth in eu-west-1 cannot be read: AccessDeniedException: not authorised',
  })
})

test('without the SDK the error says how to install it', async () => {
  await expect(awsSecret({ secretName: 's' })).rejects.toMatchObject({
    code: 'PACKAGE_MISSING',
    hint: 'Run `npm install @aws-sdk/client-secrets-manager`.',
  })
})

describe('a name with {environment}', () => {
  const named = async (options: Partial<AwsSecretOptions>) => {
    const asked: string[] = []
    await awsSecret({
      secretName: 'db_connection_string_{environment}',
      ...options,
      getSecretValue: async ({ SecretId }) => {
        asked.push(SecretId)
        return { SecretString: 'postgresql://h' }
      },
    })
    return asked
  }

  afterEach(() => vi.unstubAllEnvs())

  test('takes the option, else the first variable that is set', async () => {
    for (const name of ['ENVIRONMENT', 'APP_ENV', 'NODE_ENV']) vi.stubEnv(name, '')
    vi.stubEnv('NODE_ENV', 'test')
    expect(await named({})).toEqual(['db_connection_string_test'])
    vi.stubEnv('ENVIRONMENT', 'prod')
    expect(await named({})).toEqual(['db_connection_string_prod'])
    expect(await named({ environment: 'dev' })).toEqual(['db_connection_string_dev'])
  })

  test('is an error where no environment is set', async () => {
    for (const name of ['ENVIRONMENT', 'APP_ENV', 'NODE_ENV']) vi.stubEnv(name, '')
    await expect(named({})).rejects.toMatchObject({
      code: 'SECRET_UNAVAILABLE',
      message: expect.stringContaining('no environment is set'),
    })
  })
})

test.each([
  ['CredentialsProviderError', 'Could not load credentials from any providers', 'AWS_PROFILE'],
  ['Error', 'Region is missing', 'regionName'],
  ['ResourceNotFoundException', "Secrets Manager can't find the specified secret.", 'no secret'],
  ['AccessDeniedException', 'not authorised', 'kms:Decrypt'],
  ['Error', 'getaddrinfo ENOTFOUND secretsmanager', 'cannot be reached'],
  ['Strange', 'nobody knows', 'Check the name'],
])('after %s: %s it is said what to do', async (name, message, hint) => {
  const refusal = Object.assign(new Error(message), { name })
  const asked = awsSecret({ secretName: 's', getSecretValue: () => Promise.reject(refusal) })
  await expect(asked).rejects.toMatchObject({ hint: expect.stringContaining(hint) })
})
