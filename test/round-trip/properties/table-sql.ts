import type { Design } from './design.ts'

type TableA = NonNullable<Design['a']>

/** Whether the function can be called with a small number. */
export const callOf = ({ function: call }: Design): string | undefined => call && 'f(1)'

/** The columns that table `a` has, by their letters, with their types. */
export function columnsOfA(design: Design): ReadonlyMap<string, string> {
  const { a } = design
  const columns = new Map<string, string>()
  if (!a) return columns
  columns.set('id', /^(ALWAYS|BY)/.test(a.id) ? 'integer' : a.id)
  if (a.n) columns.set('n', a.n.type)
  const [s, e] = [textType(design), otherType(design)]
  if (s) columns.set('s', s)
  if (e) columns.set('e', e)
  if (generation(design)) columns.set('g', 'bigint')
  return columns
}

export function tableA(design: Design, major: number): string[] {
  const { a } = design
  if (!a) return []
  const columns = columnsOfA(design)
  return [
    `CREATE ${isUnlogged(design, major) ? 'UNLOGGED ' : ''}TABLE a (${[...definitions(design, columns), ...constraints(design, columns, major)].join(', ')})${a.fillfactor ? ` WITH (fillfactor = ${a.fillfactor})` : ''}`,
    ...lateConstraints(design, columns),
    ...indexes(design, columns),
    ...settings(a, columns),
    ...comments(a, columns),
  ]
}

/** Before PostgreSQL 15 the sequence of an identity is logged, which no dump of another kind can say. */
export function isUnlogged({ a }: Design, major: number): boolean {
  return a?.unlogged === true && (major >= 15 || !/^(ALWAYS|BY)/.test(a.id))
}

function textType({ a, domain, enum: values, collation }: Design): string | undefined {
  switch (a?.s?.type) {
    case 'domain':
      return domain && 'd'
    case 'enum':
      return values && 'e'
    case 'own collation':
      return collation && 'text COLLATE co'
    default:
      return a?.s?.type
  }
}

function otherType({ a, enum: values, composite, range }: Design): string | undefined {
  switch (a?.e) {
    case 'enum':
      return values && 'e'
    case 'enum[]':
      return values && 'e[]'
    case 'composite':
      return composite && 'c'
    case 'range':
      return range && 'r'
    default:
      return a?.e
  }
}

function generation(design: Design): string | undefined {
  const { a } = design
  if (a?.g === 'call') return callOf(design)
  return a?.n && a.g ? `(${a.g})::bigint` : undefined
}

function definitions(design: Design, columns: ReadonlyMap<string, string>): string[] {
  const a = design.a!
  const identity = /^(ALWAYS|BY)/.test(a.id) ? ` GENERATED ${a.id} AS IDENTITY` : ''
  return [...columns].map(([name, type]) => {
    switch (name) {
      case 'id':
        return `id ${type}${identity}`
      case 'n':
        return `n ${type}${numberDefault(design)}${a.n?.notNull ? ' NOT NULL' : ''}`
      case 's':
        return `s ${type}${a.s?.notNull ? ' NOT NULL' : ''}`
      case 'g':
        return `g bigint GENERATED ALWAYS AS (${generation(design)}) STORED`
      default:
        return `${name} ${type}`
    }
  })
}

function numberDefault(design: Design): string {
  const wanted = design.a?.n?.default
  const call = callOf(design)
  if (wanted === 'call') return call ? ` DEFAULT ${call}` : ''
  if (wanted === 'next') return design.sequence ? " DEFAULT nextval('seq')" : ''
  return wanted === undefined ? '' : ` DEFAULT (${wanted})`
}

function constraints(
  design: Design,
  columns: ReadonlyMap<string, string>,
  major: number,
): string[] {
  const a = design.a!
  const key = {
    primary: ['PRIMARY KEY (id)'],
    'primary named': ['CONSTRAINT a_key PRIMARY KEY (id)'],
    unique: ['CONSTRAINT a_id UNIQUE (id)'],
    'unique deferrable': ['CONSTRAINT a_id UNIQUE (id) DEFERRABLE'],
    none: [],
  }[a.key]
  const call = callOf(design)
  return [
    ...key,
    ...(columns.has('n') && a.checks.includes('n > 0') ? ['CONSTRAINT n_ok CHECK (n > 0)'] : []),
    ...(a.checks.includes('id > 0') ? ['CONSTRAINT id_ok CHECK (id > 0)'] : []),
    ...(call && a.checks.includes('call') ? [`CONSTRAINT call_ok CHECK (${call} > id)`] : []),
    ...(a.checks.includes('no inherit') ? ['CONSTRAINT here CHECK (id <> 7) NO INHERIT'] : []),
    ...(a.exclude ? ['CONSTRAINT ex EXCLUDE (id WITH =)'] : []),
    ...(a.uniqueNulls && columns.has('n')
      ? [`CONSTRAINT un UNIQUE ${major >= 15 ? 'NULLS NOT DISTINCT ' : ''}(n) INCLUDE (id)`]
      : []),
  ]
}

function lateConstraints({ a }: Design, columns: ReadonlyMap<string, string>): string[] {
  const isWanted = a?.checks.includes('not valid') && columns.has('n')
  return isWanted ? ['ALTER TABLE a ADD CONSTRAINT late CHECK (n < 1000) NOT VALID'] : []
}

function indexes(design: Design, columns: ReadonlyMap<string, string>): string[] {
  const isText = /^(text|varchar|char|d$)/.test(columns.get('s') ?? '')
  const e = columns.get('e')
  const call = callOf(design)
  const possible: Readonly<Record<string, string | false | undefined>> = {
    n: columns.has('n') && 'CREATE INDEX i_n ON a (n)',
    'n desc': columns.has('n') && 'CREATE INDEX i_nd ON a (n DESC NULLS LAST, id)',
    'lower(s)': isText && 'CREATE INDEX i_lower ON a (lower(s::text))',
    partial: columns.has('n') && 'CREATE UNIQUE INDEX i_part ON a (id) WHERE n > 0',
    include: columns.has('n') && 'CREATE INDEX i_incl ON a (id) INCLUDE (n) WITH (fillfactor = 80)',
    call: call && 'CREATE INDEX i_call ON a ((f(id::integer)))',
    hash: 'CREATE INDEX i_hash ON a USING hash (id)',
    brin: 'CREATE INDEX i_brin ON a USING brin (id) WITH (pages_per_range = 32)',
    pattern: columns.get('s') === 'text' && 'CREATE INDEX i_pat ON a (s text_pattern_ops)',
    gin: (e === 'jsonb' || e === 'integer[]') && 'CREATE INDEX i_gin ON a USING gin (e)',
    gist: e === 'r' && 'CREATE INDEX i_gist ON a USING gist (e)',
  }
  const made = (design.a?.indexes ?? []).flatMap(name => possible[name] || [])
  const extended = design.a?.extended
  const statistics =
    extended !== undefined && columns.has('n')
      ? [`CREATE STATISTICS st ${extended} ON id, n FROM a`]
      : []
  return [...made, ...statistics]
}

function settings(a: TableA, columns: ReadonlyMap<string, string>): string[] {
  const isIdentity = /^(ALWAYS|BY|serial|bigserial)/.test(a.id)
  const hasKey = a.key === 'unique' && isIdentity
  return [
    ...(a.s?.storage && columns.has('s') && !/^e$/.test(columns.get('s')!)
      ? [`ALTER TABLE a ALTER s SET STORAGE ${a.s.storage}`]
      : []),
    ...(a.statistics ? [`ALTER TABLE a ALTER id SET STATISTICS ${a.statistics}`] : []),
    ...(a.security ? ['ALTER TABLE a ENABLE ROW LEVEL SECURITY'] : []),
    ...(a.security === 'FORCE' ? ['ALTER TABLE a FORCE ROW LEVEL SECURITY'] : []),
    ...(a.replica === 'FULL' || a.replica === 'NOTHING'
      ? [`ALTER TABLE a REPLICA IDENTITY ${a.replica}`]
      : []),
    ...(a.replica === 'INDEX' && hasKey ? ['ALTER TABLE a REPLICA IDENTITY USING INDEX a_id'] : []),
    ...(a.clustered && a.indexes.includes('n') && columns.has('n')
      ? ['ALTER TABLE a CLUSTER ON i_n']
      : []),
  ]
}

function comments(a: TableA, columns: ReadonlyMap<string, string>): string[] {
  return [
    ...(a.comment ? [`COMMENT ON TABLE a IS '${a.comment.replaceAll("'", "''")}'`] : []),
    ...(a.s?.comment && columns.has('s') ? ["COMMENT ON COLUMN a.s IS 'words'"] : []),
    ...(a.indexes.includes('hash') ? ["COMMENT ON INDEX i_hash IS 'quick'"] : []),
    ...(a.checks.includes('id > 0') ? ["COMMENT ON CONSTRAINT id_ok ON a IS 'counted'"] : []),
  ]
}
