import packageJson from '../../../package.json' with { type: 'json' }
import type { Verdict } from '../../dialects/health.ts'
import { version } from '../../version.ts'

/** limbeck, and the Node that it runs in. */
export function installation(node = process.versions.node): Verdict {
  const needed = packageJson.engines.node.replace('>=', '')
  const words = `limbeck ${version}, Node ${node} on ${process.platform}`
  if (isAtLeast(node, needed)) return { status: 'ok', message: `${words}.` }
  return {
    status: 'problem',
    message: `${words}: it needs Node ${needed} or newer.`,
    fix: `Install Node ${needed} or newer.`,
  }
}

/** Whether a version is the same as another, or newer. */
export function isAtLeast(version: string, needed: string): boolean {
  const [have = [], want = []] = [version, needed].map(text => text.split('.').map(Number))
  const place = want.findIndex((number, index) => (have[index] ?? 0) !== number)
  return place < 0 || (have[place] ?? 0) > want[place]!
}
