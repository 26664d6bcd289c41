/** What the comment at the head of a revision file says. */
export interface Docstring {
  /** All of it, without the comment's own marks. */
  readonly doc: string
  /** The first paragraph. */
  readonly message: string
  readonly createdAt: string | undefined
}

/** Reads the first documentation comment of the text. */
export function readDocstring(source: string): Docstring {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? ''
  const lines = comment.split(/\r?\n/).map(line => line.replace(/^\s*\* ?/, ''))
  // The template keeps a message from ending the comment.
  const doc = lines.join('\n').trim().replaceAll('*\\/', '*/')
  return {
    doc,
    message: doc.split(/\n\s*\n/, 1)[0]!,
    createdAt: /^Create Date:[ \t]*(.*\S)/m.exec(doc)?.[1],
  }
}
