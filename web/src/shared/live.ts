/** One event stream per browser: a leader tab holds it and shares every event with the others. */
import { useSyncExternalStore } from 'react'
import type { LiveEvent } from './spec'

export type LiveState = 'off' | 'connecting' | 'live' | 'lost'
type Listener = (event: LiveEvent) => void

type Shared =
  | { say: 'event'; event: LiveEvent }
  | { say: 'reset' }
  | { say: 'state'; state: LiveState }
  | { say: 'wanted'; topics: string[] }
  | { say: 'who_wants' }

export interface LiveParts {
  source?: (url: string) => EventSource
  channel?: BroadcastChannel | null
  locks?: Pick<LockManager, 'request'> | null
  retryAfter?: (attempt: number) => number
}

const NAME = 'hexi-live'
/** The server gives a sign of life every 15 s. A network that was cut says nothing at all, so silence is the only sign. */
const SILENT_MS = 40_000
const slower = (attempt: number): number => Math.min(30_000, 1_000 * 2 ** attempt)

/** The stream as one tab sees it, whether it leads or follows. */
export class Live {
  state: LiveState = 'off'
  lastSequence = 0
  private readonly listeners = new Map<string, Set<Listener>>()
  private readonly resets = new Set<() => void>()
  private readonly watchers = new Set<() => void>()
  private readonly heard = new Set<string>()
  private readonly wanted = new Set<string>()
  private readonly parts: Required<LiveParts>
  private stream: EventSource | null = null
  private url = ''
  private attempt = 0
  private release: (() => void) | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private silence: ReturnType<typeof setTimeout> | undefined

  constructor(parts: LiveParts = {}) {
    this.parts = {
      source: parts.source ?? ((url) => new EventSource(url, { withCredentials: true })),
      channel: parts.channel === undefined ? ownChannel() : parts.channel,
      locks: parts.locks === undefined ? (globalThis.navigator?.locks ?? null) : parts.locks,
      retryAfter: parts.retryAfter ?? slower,
    }
  }

  /** Join the stream at this address. Without locks or channel (old or insecure browsers) the tab opens its own. */
  start(url: string): void {
    if (this.url) return
    this.url = url
    this.become('connecting')
    const { channel, locks } = this.parts
    if (!channel || !locks) {
      this.open()
      return
    }
    channel.onmessage = (message: MessageEvent<Shared>) => this.hear(message.data)
    this.tell({ say: 'wanted', topics: [...this.wanted] })
    void locks.request(
      NAME,
      () =>
        new Promise<void>((done) => {
          this.release = done
          this.lead()
        }),
    )
  }

  stop(): void {
    clearTimeout(this.timer)
    clearTimeout(this.silence)
    this.stream?.close()
    this.stream = null
    this.release?.()
    this.parts.channel?.close()
    this.url = ''
    this.become('off')
  }

  /** Be called for every event of a topic, from whichever tab it came. Returns the way to stop. */
  onTopic(topic: string, listener: Listener): () => void {
    const set = this.listeners.get(topic) ?? new Set<Listener>()
    this.listeners.set(topic, set.add(listener))
    this.want([topic])
    this.tell({ say: 'wanted', topics: [topic] })
    return () => {
      set.delete(listener)
    }
  }

  /** Be called when too much was missed and everything must be fetched again. */
  onReset(listener: () => void): () => void {
    this.resets.add(listener)
    return () => {
      this.resets.delete(listener)
    }
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => {
      this.watchers.delete(watcher)
    }
  }

  private lead(): void {
    this.tell({ say: 'who_wants' })
    this.open()
  }

  private open(): void {
    if (!this.url) return
    const stream = this.parts.source(this.address())
    this.stream = stream
    this.heard.clear()
    stream.onopen = () => {
      this.attempt = 0
      this.listen(stream)
      this.spread('live')
    }
    stream.onerror = () => this.failed(stream)
    stream.addEventListener('beat', () => this.listen(stream))
    stream.addEventListener('reset', () => {
      this.tell({ say: 'reset' })
      this.forget()
    })
    this.want(this.wanted)
  }

  /** From now on silence counts; after too much of it the stream is opened anew. */
  private listen(stream: EventSource): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => {
      stream.close()
      this.failed(stream)
    }, SILENT_MS)
  }

  /** The browser resumes by Last-Event-ID itself; a stream opened anew says in its address where to go on. */
  private address(): string {
    if (!this.lastSequence) return this.url
    return `${this.url}${this.url.includes('?') ? '&' : '?'}last_event_id=${this.lastSequence}`
  }

  private failed(stream: EventSource): void {
    this.spread('lost')
    if (stream.readyState !== 2 || stream !== this.stream) return
    stream.close()
    this.stream = null
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.reopen(), this.parts.retryAfter(this.attempt++))
  }

  /** Without an event to go on from, nobody knows what was missed. */
  private reopen(): void {
    this.open()
    if (this.lastSequence) return
    this.tell({ say: 'reset' })
    this.forget()
  }

  private want(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.wanted.add(topic)
      if (!this.stream || this.heard.has(topic)) continue
      this.heard.add(topic)
      this.stream.addEventListener(topic, (message) => this.arrived(topic, message as MessageEvent<string>))
    }
  }

  private arrived(topic: string, message: MessageEvent<string>): void {
    const event = readEvent(topic, message)
    if (!event) return
    if (this.stream) this.listen(this.stream)
    this.tell({ say: 'event', event })
    this.deliver(event)
  }

  private deliver(event: LiveEvent): void {
    this.lastSequence = Math.max(this.lastSequence, event.sequence)
    for (const listener of this.listeners.get(event.topic) ?? []) listener(event)
  }

  private hear(message: Shared): void {
    if (message.say === 'event') this.deliver(message.event)
    else if (message.say === 'reset') this.forget()
    else if (message.say === 'state') this.become(message.state)
    else if (message.say === 'who_wants') this.tell({ say: 'wanted', topics: [...this.wanted] })
    else this.wantedElsewhere(message.topics)
  }

  private wantedElsewhere(topics: string[]): void {
    this.want(topics)
    if (this.stream) this.tell({ say: 'state', state: this.state })
  }

  private forget(): void {
    for (const listener of this.resets) listener()
  }

  private spread(state: LiveState): void {
    this.tell({ say: 'state', state })
    this.become(state)
  }

  private become(state: LiveState): void {
    if (state === this.state) return
    this.state = state
    for (const watcher of this.watchers) watcher()
  }

  private tell(message: Shared): void {
    if (this.url) this.parts.channel?.postMessage(message)
  }
}

function ownChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME)
}

function readEvent(topic: string, message: MessageEvent<string>): LiveEvent | null {
  try {
    const data = JSON.parse(message.data) as Partial<LiveEvent>
    return { ...data, topic, sequence: data.sequence ?? (Number(message.lastEventId) || 0) }
  } catch {
    console.warn(`The stream sent something that is not JSON on topic ${topic}.`)
    return null
  }
}

/** The stream of this tab. */
export const live = new Live()

export function useLiveState(): LiveState {
  return useSyncExternalStore(live.watch, () => live.state)
}
