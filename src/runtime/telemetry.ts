import { createRequire } from 'node:module'
import { join } from 'node:path'

/** As much of `@opentelemetry/api` as is used. */
export interface OpenTelemetry {
  readonly trace: {
    getTracer(name: string, version?: string): Tracer
    setSpan(context: unknown, span: Span): unknown
  }
  readonly context: { active(): unknown }
}

/** What makes spans. */
export interface Tracer {
  startSpan(name: string, options?: SpanOptions, context?: unknown): Span
  startActiveSpan<T>(name: string, options: SpanOptions, work: (span: Span) => T): T
}

export interface SpanOptions {
  readonly attributes?: Attributes | undefined
  readonly startTime?: Date | undefined
}

/** What a span says of itself. */
export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** A part of a trace. */
export interface Span {
  setAttributes(attributes: Attributes): unknown
  recordException(exception: {
    readonly name: string
    readonly message: string
    readonly stack?: string | undefined
  }): void
  setStatus(status: { readonly code: number; readonly message?: string | undefined }): unknown
  end(endTime?: Date): void
}

/** The API that the project has installed; it need not, and a broken one must not keep a run from its work. */
export function findOpenTelemetry(folder: string): OpenTelemetry | undefined {
  try {
    return createRequire(join(folder, 'package.json'))('@opentelemetry/api')
  } catch {
    return undefined
  }
}
