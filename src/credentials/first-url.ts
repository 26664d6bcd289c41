/** A place that a URL may come from: its answer, or what asks it. */
export type UrlSource =
  | string
  | undefined
  | (() => string | undefined | Promise<string | undefined>)

/**
 * The first URL that there is, in the order of the places. Later ones are not asked then, so that no secret is
 * fetched in vain. What fails is not passed over: a secret that cannot be read is an error, and no reason to go on to
 * another database.
 */
export async function firstUrl(...sources: readonly UrlSource[]): Promise<string | undefined> {
  for (const source of sources) {
    const url = typeof source === 'function' ? await source() : source
    if (url !== undefined && url !== '') return url
  }
  return undefined
}
