/** Texts, names and comments, where a semicolon ends nothing. */
const quiet = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//g

/**
 * A statement with what ends it for the client of MySQL and MariaDB. One with semicolons inside, the
 * body of a trigger or routine, is sent whole only while the delimiter is another.
 */
export function terminated(sql: string): string {
  if (!sql.replace(quiet, '').includes(';'))
    return `${sql}${/(--|#)[^\n]*$/.test(sql) ? '\n' : ''};`
  const delimiter = ['$$', '//', ';;'].find(word => !sql.includes(word)) ?? '$limbeck$'
  return `DELIMITER ${delimiter}\n${sql}\n${delimiter}\nDELIMITER ;`
}
