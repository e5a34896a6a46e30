/** Stand-ins for what browsers give: an event stream, a channel between tabs, a lock. */
type Handler = (message: MessageEvent<string>) => void

export class FakeStream {
  static opened: FakeStream[] = []
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  readyState = 0
  closed = false
  private readonly handlers = new Map<string, Handler[]>()

  constructor(readonly url: string) {
    FakeStream.opened.push(this)
  }

  addEventListener(name: string, handler: Handler): void {
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler])
  }
  close(): void {
    this.closed = true
    this.readyState = 2
  }
  open(): void {
    this.readyState = 1
    this.onopen?.()
  }
  fail(closed = false): void {
    this.readyState = closed ? 2 : 0
    this.onerror?.()
  }
  say(topic: string, data: unknown, id = ''): void {
    const message = { data: typeof data === 'string' ? data : JSON.stringify(data), lastEventId: id } as MessageEvent<string>
    for (const handler of this.handlers.get(topic) ?? []) handler(message)
  }
}

/** A channel that delivers at once to every other end of the same hub. */
export class FakeHub {
  private readonly ends: FakeChannel[] = []
  end(): BroadcastChannel {
    const end = new FakeChannel(this.ends)
    this.ends.push(end)
    return end as unknown as BroadcastChannel
  }
}
class FakeChannel {
  onmessage: ((message: { data: unknown }) => void) | null = null
  constructor(private readonly ends: FakeChannel[]) {}
  postMessage(data: unknown): void {
    for (const end of [...this.ends]) if (end !== this) end.onmessage?.({ data: structuredClone(data) })
  }
  close(): void {
    this.ends.splice(this.ends.indexOf(this), 1)
  }
}

/** One lock: whoever asks first holds it until its promise ends, then the next one. */
export class FakeLocks {
  private queue: Promise<unknown> = Promise.resolve()
  request = ((_name: string, held: () => Promise<unknown>) => {
    this.queue = this.queue.then(held)
    return this.queue
  }) as LockManager['request']
}
