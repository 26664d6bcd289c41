const comments = /--[^\n]*|\/\*[\s\S]*?\*\//g

const clusterWide = [
  /\b(?:create|alter|drop)\s+(?:role|user(?!\s+mapping)|group|database|tablespace|subscription)\b/i,
  /\balter\s+system\b/i,
  /\bcomment\s+on\s+(?:role|database|tablespace)\b/i,
  /\b(?:drop|reassign)\s+owned\b/i,
  // GRANT one_role TO another; a privilege is granted ON something.
  /\bgrant\s(?:(?!\bon\b)[^;])*?\sto\b/i,
]

/**
 * The words with which SQL reaches beyond its database, to what all databases of a server share: a
 * scratch database on that server is no place to try it. Undefined where there are none. SQL inside of
 * strings counts, since a block of code may execute it.
 */
export function clusterWideWords(sql: string): string | undefined {
  const text = sql.replaceAll(comments, ' ')
  for (const pattern of clusterWide) {
    const [words] = pattern.exec(text) ?? []
    if (words !== undefined) return words.replaceAll(/\s+/g, ' ')
  }
  return undefined
}
