/** What was fetched, kept once per tab, and fetched again when the stream says that it changed. */
import { QueryClient } from '@tanstack/react-query'
import { Problem } from './api'
import { live, type Live } from './live'

declare module '@tanstack/react-query' {
  interface Register {
    /** `topics`: the topics of the stream after which this answer is out of date. */
    queryMeta: { topics?: readonly string[] }
    defaultError: Error
  }
}

const worthRepeating = (count: number, error: Error): boolean =>
  count < 1 && !(error instanceof Problem && error.status >= 400 && error.status < 500)

/** `always`: an intranet may work while the browser believes that it is offline, and a failure must show as one. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { networkMode: 'always', retry: worthRepeating, retryDelay: 1_000, staleTime: 20_000, refetchOnWindowFocus: false } },
  })
}

const GATHER_MS = 800

/** Fetch again what a topic touches; a burst of events becomes one fetch per topic. */
export class LiveQueries {
  private readonly followed = new Set<string>()
  private readonly due = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly queries: QueryClient,
    private readonly stream: Live = live,
  ) {
    stream.onReset(() => void queries.invalidateQueries())
    queries.getQueryCache().subscribe(({ query }) => this.follow(query.meta?.topics ?? []))
  }

  private follow(topics: readonly string[]): void {
    for (const topic of topics) {
      if (this.followed.has(topic)) continue
      this.followed.add(topic)
      this.stream.onTopic(topic, () => this.touched(topic))
    }
  }

  private touched(topic: string): void {
    this.due.add(topic)
    this.timer ??= setTimeout(() => this.refetch(), GATHER_MS)
  }

  private refetch(): void {
    const due = new Set(this.due)
    this.due.clear()
    this.timer = undefined
    void this.queries.invalidateQueries({ predicate: ({ meta }) => meta?.topics?.some((topic) => due.has(topic)) ?? false })
  }
}
