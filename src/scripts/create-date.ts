/** A moment as a clock in some time zone shows it. */
export interface ZonedTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** What the clock is ahead of UTC: `+02:00`. */
  readonly offset: string
}

/** A moment in a time zone, with the offset that holds there at that moment. */
export function zonedTime(date: Date, timeZone: string): ZonedTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(date)
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  return {
    year: Number(part.year),
    month: Number(part.month),
    day: Number(part.day),
    hour: Number(part.hour),
    minute: Number(part.minute),
    second: Number(part.second),
    offset: part.timeZoneName?.replace('GMT', '') || '+00:00',
  }
}

/** A moment as revision files write it: `2026-11-20 09:41:00+00:00`. */
export function formatCreateDate(date: Date, timeZone: string): string {
  const { year, month, day, hour, minute, second, offset } = zonedTime(date, timeZone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${[hour, minute, second].map(two).join(':')}${offset}`
}
