/** A moment of ISO 8601 as `Create Date` is written, in UTC. */
export const shownMoment = (iso: string): string =>
  iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '+00:00')
