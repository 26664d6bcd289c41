import { editDistance } from '../../text/nearest.ts'

/** How close two names are, from 0 to 1: by their letters, their words, or as one is part of the other. */
export function closeness(a: string, b: string): number {
  const [first, second] = [wordsOf(a), wordsOf(b)]
  const [left, right] = [first.join(''), second.join('')]
  const longest = Math.max(left.length, right.length)
  if (longest === 0) return 0
  const letters = 1 - editDistance(left, right) / longest
  const shared = first.filter(word => second.includes(word)).length
  const words = (2 * shared) / (first.length + second.length)
  const isPart =
    Math.min(left.length, right.length) > 2 && (left.includes(right) || right.includes(left))
  return Math.max(letters, words, isPart ? 0.7 : 0)
}

/** From here on two names are said to be close. */
export const close = 0.55

/** `createdAt`, `created_at` → `created`, `at`. */
function wordsOf(name: string): string[] {
  const split = name.replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1_$2').toLowerCase()
  return split.split(/[^\p{L}\d]+/u).filter(word => word !== '')
}
