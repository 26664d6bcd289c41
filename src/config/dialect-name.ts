/** The kinds of database that a config may name. */
export const dialectNames = ['postgresql', 'sqlite', 'mysql'] as const

export type DialectName = (typeof dialectNames)[number]

/** What a URL says before `://`, without the driver that SQLAlchemy adds (`mysql+pymysql`). */
export const schemeOf = (url: string): string | undefined =>
  /^([a-z]\w*)(?:\+\w+)?:\/\//i.exec(url.trim())?.[1]?.toLowerCase()

const dialects: Readonly<Record<string, DialectName>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  sqlite: 'sqlite',
  mysql: 'mysql',
  mariadb: 'mysql',
}

/** The kind of database that the scheme of a URL names; undefined for any other scheme. */
export function dialectOfUrl(url: string | undefined): DialectName | undefined {
  const scheme = url === undefined ? undefined : schemeOf(url)
  return scheme !== undefined && Object.hasOwn(dialects, scheme) ? dialects[scheme] : undefined
}
