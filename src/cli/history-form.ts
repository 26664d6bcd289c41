/** The forms of `history --format`: each is the source of a picture. */
export const pictureFormats = ['mermaid', 'dot', 'svg'] as const

/** How a history is shown, beside its plain list. */
export interface HistoryForm {
  readonly graph: boolean
  readonly format?: (typeof pictureFormats)[number] | undefined
}
