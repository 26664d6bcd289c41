/** Extensions for the embedded PostgreSQL that npm carries in packages of their own, by PostgreSQL's name. */
export const embeddedPackages: Readonly<Record<string, string>> = {
  age: '@electric-sql/pglite-age',
  pg_ivm: '@electric-sql/pglite-pg_ivm',
  pg_textsearch: '@electric-sql/pglite-pg_textsearch',
  pg_uuidv7: '@electric-sql/pglite-pg_uuidv7',
  pgtap: '@electric-sql/pglite-pgtap',
  postgis: '@electric-sql/pglite-postgis',
  vector: '@electric-sql/pglite-pgvector',
}
