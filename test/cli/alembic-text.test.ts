import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { judgeText, type TextVector } from '../alembic/command-text.ts'

const vectors = readFileSync(new URL('./alembic-text.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as TextVector)

/** Two files with one id: Alembic takes the later, limbeck refuses. */
const refused = /^duplicate-id/

test.each(vectors.map(vector => [vector.name, vector] as const))('%s', (name, vector) => {
  const expected = refused.test(name)
    ? { kind: 'differs', by: 'malformed-graph' }
    : { kind: 'agrees' }
  expect(judgeText(vector)).toEqual(expected)
})
