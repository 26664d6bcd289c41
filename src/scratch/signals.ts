const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const cleanups = new Set<() => Promise<void>>()

/** Runs `cleanup` when the process is told to end, unless it was called off by then. */
export function onSignal(cleanup: () => Promise<void>): () => void {
  if (cleanups.size === 0) for (const signal of signals) process.on(signal, end)
  cleanups.add(cleanup)
  return () => {
    if (cleanups.delete(cleanup) && cleanups.size === 0) disarm()
  }
}

function disarm(): void {
  for (const signal of signals) process.off(signal, end)
}

/** Cleans up, and then lets the signal do what it does without us; a second one does so at once. */
async function end(signal: NodeJS.Signals): Promise<void> {
  disarm()
  const isHeardByOthers = process.listenerCount(signal) > 0
  await Promise.allSettled([...cleanups].map(cleanup => cleanup()))
  if (!isHeardByOthers) process.kill(process.pid, signal)
}
