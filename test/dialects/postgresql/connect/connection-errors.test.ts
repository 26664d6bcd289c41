import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { LimbeckError } from '../../../../src/errors.ts'
import { notRun } from '../../../support/each-server.ts'
import { serverUser } from '../../../support/postgres-user.ts'
import { postgresServer, privateServer } from '../../../support/servers.ts'

let url: URL

beforeAll(async () => {
  url = new URL((await postgresServer()).url)
})

/** What connecting to the server fails with, once its URL is changed. */
async function failure(change: (url: URL) => void, options = {}): Promise<LimbeckError> {
  const changed = new URL(url)
  change(changed)
  return failureOf(changed.href, options)
}

async function failureOf(href: string, options = {}): Promise<LimbeckError> {
  const error = await connectServer({ url: href, ...options }).then(
    connection => connection.close(),
    error => error,
  )
  expect(error).toBeInstanceOf(LimbeckError)
  const { password } = new URL(href)
  const { message, hint, facts } = error as LimbeckError
  if (password !== '') expect(JSON.stringify([message, hint, facts])).not.toContain(password)
  return error as LimbeckError
}

describe('who', () => {
  test('a wrong password names the user', async () => {
    const error = await failure(url => {
      url.password = 'mercury'
    })
    expect(error.code).toBe('AUTHENTICATION_FAILED')
    expect(error.message).toContain('refused user "postgres": password authentication failed')
    expect(error.facts).toMatchObject({ host: '127.0.0.1', user: 'postgres', reason: '28P01' })
  })

  test('an unknown user is named', async () => {
    const error = await failure(url => {
      url.username = 'nobody-knows'
    })
    expect(error.code).toBe('AUTHENTICATION_FAILED')
    expect(error.message).toContain('"nobody-knows"')
  })

  test('a password that is not there is missed', async () => {
    const error = await failure(url => {
      url.password = ''
    })
    expect(error.code).toBe('AUTHENTICATION_FAILED')
    expect(error.message).toContain('asks for the password of user "postgres"')
    expect(error.hint).toContain('PGPASSWORD')
  })
})

describe('where', () => {
  test('a missing database is named with the command that creates it', async () => {
    const error = await failure(url => {
      url.pathname = '/not there'
    })
    expect(error.code).toBe('DATABASE_MISSING')
    expect(error.message).toContain('"not there"')
    expect(error.hint).toContain(`createdb -h 127.0.0.1 -p ${url.port} -U postgres "not there"`)
    expect(error.hint).toContain('CREATE DATABASE "not there"')
  })

  test('a port of this machine where nothing listens may not be mapped', async () => {
    const error = await failureOf('postgresql://app:hunter2@localhost:1/shop')
    expect(error.code).toBe('CONNECTION_REFUSED')
    expect(error.message).toContain('localhost:1')
    expect(error.hint).toContain('docker compose ps')
    expect(error.hint).toContain('kubectl port-forward')
  })

  test('a socket where nothing listens is named', async () => {
    const error = await failureOf('postgresql://app@%2Fnowhere/shop')
    expect(error.code).toBe('CONNECTION_REFUSED')
    expect(error.message).toContain('/nowhere/.s.PGSQL.5432')
  })

  test('a host of one word that cannot be resolved may be a service', async () => {
    const error = await failureOf('postgresql+asyncpg://app:hunter2@auth-db:5432/auth')
    expect(error.code).toBe('HOST_NOT_FOUND')
    expect(error.message).toContain('"auth-db"')
    expect(error.hint).toMatch(/Docker or Kubernetes.*inside the container.*localhost/)
  })

  test('a host of several words is only misspelt', async () => {
    const error = await failureOf('postgresql://app:hunter2@db.example.invalid/auth')
    expect(error.code).toBe('HOST_NOT_FOUND')
    expect(error.hint).not.toContain('Docker')
  })
})

describe('when', () => {
  let mute: Server

  beforeAll(() => {
    mute = createServer(() => {})
    return new Promise<void>(resolve => mute.listen(0, '127.0.0.1', resolve))
  })

  afterAll(() => mute.close())

  test('a server that does not answer times out', async () => {
    const { port } = mute.address() as { port: number }
    const href = `postgresql://app:hunter2@127.0.0.1:${port}/shop`
    const error = await failureOf(href, { connectTimeout: 50 })
    expect(error.code).toBe('CONNECTION_TIMEOUT')
    expect(error.hint).toContain('connect_timeout')
  })

  test('a server without a connection to spare says so', async () => {
    const href = url.href
    const admin = await connectServer({ url: href })
    await admin.query(`CREATE ROLE full_up LOGIN PASSWORD 'cinnabar' CONNECTION LIMIT 0`)
    try {
      const error = await failure(url =>
        Object.assign(url, { username: 'full_up', password: 'cinnabar' }),
      )
      expect(error.code).toBe('TOO_MANY_CONNECTIONS')
    } finally {
      await admin.query('DROP ROLE full_up')
      await admin.close()
    }
  })
})

describe('how', () => {
  test('TLS that the server does not speak is an error where the URL demands it', async () => {
    const error = await failure(url => url.searchParams.set('sslmode', 'require'))
    expect(error.code).toBe('CONNECTION_FAILED')
    expect(error.hint).toContain('sslmode=disable')
  })

  test('TLS that the server does not speak is done without where the URL prefers it', async () => {
    const preferring = new URL(url)
    preferring.searchParams.set('sslmode', 'prefer')
    const connection = await connectServer({ url: preferring.href })
    await connection.close()
  })

  test('an unknown sslmode is refused', async () => {
    const error = await failure(url => url.searchParams.set('sslmode', 'maybe'))
    expect(error.code).toBe('URL_INVALID')
  })

  test('a certificate that is not there is named', async () => {
    const error = await failure(url => {
      url.searchParams.set('sslmode', 'verify-full')
      url.searchParams.set('sslrootcert', '/nowhere/ca.pem')
    })
    expect(error.code).toBe('URL_INVALID')
    expect(error.message).toContain('/nowhere/ca.pem')
  })

  if (hasOpenssl()) describe('a server that demands TLS', tlsServer)
  else notRun('a server that demands TLS', 'there is no openssl to make a certificate with')
})

function tlsServer() {
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-tls-'))
  const file = (name: string) => join(folder, name)
  let stop = async () => {}
  let tls: URL

  beforeAll(async () => {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', file('key.pem')]
    execFileSync('openssl', ['req', '-x509', ...key, ...subject, '-out', file('cert.pem')], {
      stdio: 'ignore',
    })
    writeFileSync(file('hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n')
    const { uid, gid } = serverUser() ?? {}
    if (uid !== undefined && gid !== undefined) {
      for (const name of ['', 'key.pem', 'cert.pem', 'hba.conf']) chownSync(file(name), uid, gid)
    }
    const server = await privateServer(15, {
      ssl: 'on',
      ssl_cert_file: file('cert.pem'),
      ssl_key_file: file('key.pem'),
      hba_file: file('hba.conf'),
    })
    stop = server.stop
    tls = new URL(server.url)
  })

  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const withParameters = (parameters: Record<string, string>, hostname = 'localhost') => {
    const changed = Object.assign(new URL(tls), { hostname })
    for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, value)
    return changed.href
  }

  const isEncrypted = async (href: string) => {
    const connection = await connectServer({ url: href })
    const { rows } = await connection.query<{ ssl: boolean }>(
      'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    )
    await connection.close()
    return rows[0]?.ssl
  }

  test.each([{}, { sslmode: 'prefer' }, { sslmode: 'require' }, { ssl: 'require' }])(
    'is reached with %j',
    async parameters => {
      expect(await isEncrypted(withParameters(parameters))).toBe(true)
    },
  )

  test('is reached where its certificate is verified', async () => {
    const sslrootcert = file('cert.pem')
    expect(await isEncrypted(withParameters({ sslmode: 'verify-full', sslrootcert }))).toBe(true)
    expect(
      await isEncrypted(withParameters({ sslmode: 'verify-ca', sslrootcert }, '127.0.0.1')),
    ).toBe(true)
  })

  test('refuses a plain session with the parameter to add', async () => {
    const error = await failureOf(withParameters({ sslmode: 'disable' }))
    expect(error.code).toBe('CONNECTION_FAILED')
    expect(error.message).toContain('takes only encrypted connections')
    expect(error.hint).toContain('sslmode=require')
  })

  test('is not trusted where nobody vouches for its certificate', async () => {
    const error = await failureOf(withParameters({ sslmode: 'verify-full' }))
    expect(error.code).toBe('CONNECTION_FAILED')
    expect(error.message).toContain('certificate')
    expect(error.hint).toContain('sslrootcert')
  })

  test('is not trusted under another name', async () => {
    const parameters = { sslmode: 'verify-full', sslrootcert: file('cert.pem') }
    const error = await failureOf(withParameters(parameters, '127.0.0.1'))
    expect(error.message).toContain('certificate')
  })

  test('refuses a wrong password over TLS as it would without', async () => {
    const error = await failureOf(withParameters({}).replace(tls.password, 'mercury'))
    expect(error.code).toBe('AUTHENTICATION_FAILED')
  })
}

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
