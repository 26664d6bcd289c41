/** A result for the first database that `env.ts` ran for, with those of all where there are several. */
export function firstDatabase<D extends object>(
  databases: readonly D[],
): D & { readonly databases?: readonly D[] } {
  return { ...databases[0]!, ...(databases.length > 1 && { databases }) }
}
