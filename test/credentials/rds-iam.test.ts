import { expect, test } from 'vitest'
import { originsOf } from '../../src/credentials/origins.ts'
import { rdsIam } from '../../src/credentials/rds-iam.ts'
import { redact } from '../../src/credentials/secrets.ts'

const options = { host: 'db.rds.amazonaws.com', user: 'app', database: 'shop' }
const token = 'db.rds.amazonaws.com:5432/?Action=connect&X-Amz-Signature=0123abc'

test('the token of IAM is the password, and only TLS will do', async () => {
  const requests: unknown[] = []
  const getAuthToken = async (request: unknown) => {
    requests.push(request)
    return token
  }
  const url = new URL(await rdsIam({ ...options, regionName: 'eu-west-1', getAuthToken }))
  expect(decodeURIComponent(url.password)).toBe(token)
  expect(url.searchParams.get('sslmode')).toBe('require')
  expect(url.pathname).toBe('/shop')
  expect(requests).toEqual([
    { hostname: options.host, port: 5432, username: 'app', region: 'eu-west-1' },
  ])
  expect(originsOf(url.href)?.password).toBe('a token of IAM')
  expect(redact(`it was ${token}`)).not.toContain('0123abc')
})

test('a token that cannot be signed is an error with the reason', async () => {
  const getAuthToken = () => Promise.reject(new Error('Region is missing'))
  await expect(rdsIam({ ...options, getAuthToken })).rejects.toMatchObject({
    code: 'SECRET_UNAVAILABLE',
    message:
      'No token of IAM can be made for app at db.rds.amazonaws.com: Error: Region is missing',
  })
})

test('without the signer the error says how to install it', async () => {
  await expect(rdsIam(options)).rejects.toMatchObject({
    code: 'PACKAGE_MISSING',
    hint: 'Run `npm install @aws-sdk/rds-signer`.',
  })
})
