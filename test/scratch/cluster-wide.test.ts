import { describe, expect, test } from 'vitest'
import { clusterWideWords } from '../../src/scratch/cluster-wide.ts'

describe('SQL that reaches beyond its database', () => {
  test.each([
    ['CREATE ROLE app LOGIN', 'CREATE ROLE'],
    ['drop  user\n if exists app', 'drop user'],
    ['ALTER DATABASE app SET timezone TO utc', 'ALTER DATABASE'],
    ['ALTER SYSTEM SET work_mem = 1', 'ALTER SYSTEM'],
    ["COMMENT ON ROLE app IS ''", 'COMMENT ON ROLE'],
    ['GRANT reader TO app', 'GRANT reader TO'],
    ['DROP OWNED BY app', 'DROP OWNED'],
    ["DO $$ BEGIN EXECUTE 'CREATE ROLE app'; END $$", 'CREATE ROLE'],
    ['CREATE SUBSCRIPTION s CONNECTION x PUBLICATION p', 'CREATE SUBSCRIPTION'],
  ])('is found: %s', (sql, words) => {
    expect(clusterWideWords(sql)).toBe(words)
  })

  test.each([
    'GRANT SELECT ON users TO app',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app',
    'CREATE USER MAPPING FOR app SERVER s',
    'CREATE TABLE user_groups (created_role text)',
    'ALTER TABLE database ADD role text -- and create role app',
    'ALTER TABLE users OWNER TO app',
  ])('is not this: %s', sql => {
    expect(clusterWideWords(sql)).toBeUndefined()
  })
})
