/** `15.18 (Debian 15.18-1)` as the number 150018; 0 where there is no version. */
export function versionNumber(text: string): number {
  const [, major, minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(text) ?? []
  return major === undefined ? 0 : Number(major) * 10_000 + Number(minor)
}
