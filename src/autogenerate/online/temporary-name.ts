/** What something is called until the one that has its name is gone: in 63 bytes, of which a character takes up to four. */
export function temporaryName(name: string): string {
  const isShort = Buffer.byteLength(name) <= 58
  return `${isShort ? name : [...name].slice(0, 14).join('')}__new`
}
