import { expect, test } from 'vitest'
import { judgeDdl } from '../alembic/judge.ts'
import { recordedIn } from '../alembic/recorded.ts'

test.each(recordedIn(new URL('./alembic-ddl.jsonl', import.meta.url)))(
  'is what Alembic writes, or a documented difference: %s',
  async (_, vector) => {
    expect(await judgeDdl(vector)).toMatchObject({
      kind: expect.stringMatching(/^(agrees|differs)$/),
    })
  },
)
