/** Said of secrets when they are read, where nobody listens yet; told with the next connection. */
const notices = new Set<string>()

export function rememberNotice(notice: string): void {
  notices.add(notice)
}

/** What was said since the last time. */
export function takeNotices(): string[] {
  const taken = [...notices]
  notices.clear()
  return taken
}
