import fc, { type Arbitrary } from 'fast-check'

const number = fc.constantFrom('smallint', 'integer', 'bigint', 'numeric(10,2)')
const flag = fc.boolean()
const pick = fc.constantFrom
/** Present more often than not. */
const likely = <T>(value: Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })
const some = <T>(...values: T[]) => fc.subarray(values)

/** What a schema is drawn from: for each of its things, whether it is there and how. */
const drawn = {
  enum: likely(
    pick(['new', 'done'], ['new', 'open', 'done'], ['done', 'new'], ['new', 'done', 'x']),
  ),
  domain: likely(
    fc.record({
      base: pick('text', 'varchar(30)'),
      notNull: flag,
      default: pick(undefined, "'a'", "'b'"),
      check: pick(undefined, "VALUE <> ''", 'length(VALUE) < 20'),
      comment: flag,
    }),
  ),
  composite: likely(
    fc.record({ parts: some('x integer', 'y text', 'z date', 'w numeric(4,1)'), comment: flag }),
  ),
  range: likely(pick('integer', 'double precision')),
  collation: likely(pick("(locale = 'C')", "(locale = 'POSIX')")),
  function: likely(
    fc.record({
      returns: pick('integer', 'bigint'),
      extra: pick('', ', extra integer DEFAULT 1'),
      body: pick('SELECT 1', 'SELECT 2'),
      strict: flag,
      comment: flag,
    }),
  ),
  procedure: likely(
    fc.record({ argument: pick('integer', 'text'), body: pick('BEGIN END', 'BEGIN NULL; END') }),
  ),
  aggregate: likely(pick('', ", INITCOND = '0'")),
  touch: likely(pick('BEGIN RETURN new; END', 'BEGIN RETURN NULL; END')),
  sequence: likely(
    fc.record({
      type: pick('bigint', 'integer'),
      increment: pick(1, 5),
      cycle: flag,
      owned: flag,
      comment: flag,
    }),
  ),
  a: likely(
    fc.record({
      id: pick('integer', 'bigint', 'serial', 'bigserial', 'ALWAYS', 'BY DEFAULT'),
      key: pick('primary', 'primary named', 'unique', 'unique deferrable', 'none'),
      n: likely(
        fc.record({
          type: number,
          notNull: flag,
          default: pick(undefined, '0', '1 + 1', 'call', 'next'),
        }),
      ),
      s: likely(
        fc.record({
          type: pick(
            'text',
            'varchar(20)',
            'char(5)',
            'domain',
            'enum',
            'text COLLATE "C"',
            'own collation',
          ),
          notNull: flag,
          storage: pick(undefined, 'EXTERNAL', 'MAIN'),
          comment: flag,
        }),
      ),
      e: likely(pick('enum', 'enum[]', 'composite', 'range', 'integer[]', 'jsonb')),
      g: likely(pick('n * 2', 'n + 1', 'call')),
      statistics: pick(undefined, 100),
      checks: some('n > 0', 'id > 0', 'call', 'not valid', 'no inherit'),
      exclude: flag,
      indexes: some(
        'n',
        'n desc',
        'lower(s)',
        'partial',
        'include',
        'call',
        'hash',
        'brin',
        'pattern',
        'gin',
        'gist',
      ),
      uniqueNulls: flag,
      extended: likely(pick('', '(ndistinct)')),
      unlogged: flag,
      fillfactor: pick(undefined, 70, 90),
      security: pick(undefined, 'ENABLE', 'FORCE'),
      replica: pick(undefined, 'FULL', 'NOTHING', 'INDEX'),
      clustered: flag,
      comment: pick(undefined, 'one', "it's two"),
    }),
  ),
  b: likely(
    fc.record({
      reference: likely(
        fc.record({
          onDelete: pick('', 'ON DELETE CASCADE', 'ON DELETE SET NULL'),
          deferrable: pick('', 'DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED'),
          notValid: flag,
        }),
      ),
      back: flag,
      unlogged: flag,
    }),
  ),
  p: likely(
    fc.record({
      by: pick('LIST (k)', 'RANGE (k)'),
      key: flag,
      column: likely(pick('integer', 'bigint', 'text')),
      default: pick(undefined, 1, 2),
      ownDefault: pick(undefined, 1, 3),
      check: pick(undefined, 'k > 0', 'k > 1'),
      index: likely(pick('k', 'q')),
      parts: some(1, 2, 3),
      moved: flag,
      sub: flag,
      loose: flag,
      reference: flag,
      trigger: flag,
    }),
  ),
  parent: likely(
    fc.record({
      column: pick('integer', 'bigint'),
      default: pick(undefined, 1, 2),
      notNull: flag,
      check: flag,
      child: likely(fc.record({ own: pick('integer', 'text'), index: flag, check: flag })),
    }),
  ),
  v: likely(
    fc.record({
      columns: some('id', 'n', 's', 'e', 'g'),
      where: flag,
      barrier: flag,
      default: flag,
      rule: flag,
      insteadOf: flag,
      call: flag,
      comment: flag,
    }),
  ),
  w: likely(fc.record({ comment: flag })),
  m: likely(fc.record({ over: pick('a', 'v', 'w'), index: flag, unique: flag, comment: flag })),
  reader: likely(pick('SETOF', 'argument')),
  triggers: fc.record({
    row: likely(
      fc.record({
        events: pick('INSERT', 'INSERT OR UPDATE', 'UPDATE OF id'),
        when: flag,
        enabled: pick(undefined, 'DISABLE', 'ENABLE ALWAYS', 'ENABLE REPLICA'),
        comment: flag,
      }),
    ),
    constraint: likely(pick('', 'DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED')),
    statement: flag,
  }),
  policies: some(
    'USING (true)',
    'for n',
    'FOR INSERT WITH CHECK (true)',
    'AS RESTRICTIVE USING (true)',
  ),
  rule: likely(pick('NOTHING', 'NOTIFY')),
}

type Drawn = {
  readonly [K in keyof typeof drawn]: (typeof drawn)[K] extends Arbitrary<infer T> ? T : never
}

/** A schema by its choices. */
export type Design = Drawn

const design = fc.record(drawn) as unknown as Arbitrary<Design>

/** Two designs that have things in common, as the steps of a real history do. */
export const designPair: Arbitrary<readonly [Design, Design]> = fc
  .tuple(
    design,
    design,
    fc.record(Object.fromEntries(Object.keys(drawn).map(key => [key, fc.nat(2)]))),
  )
  .map(([before, other, kept]) => [
    before,
    Object.fromEntries(
      Object.keys(drawn).map(key => [
        key,
        kept[key] === 0 ? other[key as keyof Design] : before[key as keyof Design],
      ]),
    ) as unknown as Design,
  ])
