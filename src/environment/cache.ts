import { join } from 'node:path'
import type { ResolvedConfig } from '../config/resolved-config.ts'

/** Where things that can be made again are kept. */
export function cacheDirectory({ directory }: Pick<ResolvedConfig, 'directory'>): string {
  return join(directory, '.limbeck', 'cache')
}
