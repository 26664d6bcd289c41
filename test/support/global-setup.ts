import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findBinaries } from './postgres-binaries.ts'
import {
  openServer,
  queryOnce,
  type SharedServers,
  serverMajor,
  sharedServersVariable,
  wantedMajors,
} from './servers.ts'

/** Gives the files of one test run their servers: one of each major, started when first asked for. */
export default async function shareServers(): Promise<() => Promise<void>> {
  const external = process.env.LIMBECK_TEST_POSTGRES_URL
  const majors = external ? [await serverMajor(external)] : availableMajors()
  const opened = new Map<number, ReturnType<typeof openServer>>()
  const open = (major: number) => {
    if (!opened.has(major)) opened.set(major, openServer(major))
    return opened.get(major)!
  }

  const broker = await listen(async major => (await open(major)).url)
  const shared: SharedServers = {
    broker: `http://127.0.0.1:${(broker.address() as AddressInfo).port}`,
    majors,
    run: process.pid.toString(36),
  }
  process.env[sharedServersVariable] = JSON.stringify(shared)

  return async () => {
    broker.close()
    if (external) await dropDatabasesOf(shared.run, external)
    const servers = await Promise.allSettled(opened.values())
    await Promise.all(servers.map(server => server.status === 'fulfilled' && server.value.stop()))
  }
}

function availableMajors(): number[] {
  return wantedMajors().filter(major => findBinaries(major) !== undefined)
}

function listen(urlOf: (major: number) => Promise<string>): Promise<Server> {
  const broker = createServer(async (request, response) => {
    try {
      response.end(await urlOf(Number(request.url?.slice(1))))
    } catch (error) {
      response.writeHead(500).end((error as Error).message)
    }
  })
  broker.unref()
  return new Promise(resolve => broker.listen(0, '127.0.0.1', () => resolve(broker)))
}

/** A server that stays must not keep the databases of tests that failed to drop theirs. */
async function dropDatabasesOf(run: string, url: string): Promise<void> {
  const names = await queryOnce<{ datname: string }>(
    url,
    `SELECT datname FROM pg_database WHERE starts_with(datname, 'limbeck_test_${run}_')`,
  )
  for (const { datname } of names) await queryOnce(url, `DROP DATABASE "${datname}" WITH (FORCE)`)
}
