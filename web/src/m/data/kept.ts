/**
 * Answers of the server, kept on the phone: shown at once on the next visit, fetched again behind it, and still there
 * without a network. Every answer carries its own as-of time; `savedAt` says when the phone got it.
 */
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { api, Problem } from '../../shared/api'
import { langNow, useLang } from '../../shared/i18n'
import { noteReached, onReturn } from '../device/reach'
import { device } from '../device/store'

export interface Answer<T> {
  body: T | undefined
  savedAt: number | null
  error: Error | null
  /** True until the phone has looked at home and the server has answered or failed for the first time. */
  pending: boolean
}

interface Entry {
  answer: Answer<unknown>
  askedAt: number
  asking: Promise<void> | null
  again: Promise<void> | null
  watchers: Set<() => void>
}

const FRESH_MS = 60_000
const PATIENCE_MS = 15_000
const KEEP_DAYS = 90
const NOTHING: Answer<never> = { body: undefined, savedAt: null, error: null, pending: true }
const entries = new Map<string, Entry>()

/** Texts come in the reader's language, so each language is kept apart. */
const keyOf = (path: string, lang = langNow()): string => `${lang} ${path}`
const pathIn = (key: string): string => key.slice(key.indexOf(' ') + 1)

/** A phone that refuses IndexedDB still reads the server; it only remembers nothing. */
const quietly = (): undefined => undefined

function entryOf(key: string): Entry {
  const known = entries.get(key)
  if (known) return known
  const made: Entry = { answer: NOTHING, askedAt: 0, asking: null, again: null, watchers: new Set() }
  entries.set(key, made)
  return made
}

function show(key: string, part: Partial<Answer<unknown>>): void {
  const entry = entryOf(key)
  entry.answer = { ...entry.answer, ...part }
  entry.watchers.forEach((watcher) => watcher())
}

async function fromPhone(key: string): Promise<void> {
  const found = await (await device()).get('kept', key)
  if (found && entryOf(key).answer.body === undefined) show(key, { body: found.body, savedAt: found.saved_at })
}

async function fromServer(key: string): Promise<void> {
  const body = await api.get<unknown>(pathIn(key), undefined, AbortSignal.timeout(PATIENCE_MS))
  const saved_at = Date.now()
  noteReached(true)
  show(key, { body, savedAt: saved_at, error: null, pending: false })
  await device().then((database) => database.put('kept', { url: key, body, saved_at })).catch(quietly)
}

async function fill(key: string): Promise<void> {
  const home = fromPhone(key).catch(quietly)
  try {
    await fromServer(key)
  } catch (cause) {
    await home
    const error = cause instanceof Error ? cause : new Error(String(cause))
    if (error instanceof Problem && error.status === 0) noteReached(false)
    entryOf(key).askedAt = 0
    show(key, { error, pending: false })
  }
}

function askedAgain(path: string, entry: Entry): Promise<void> {
  entry.again = null
  return ask(path, true)
}

/**
 * Ask the phone and the server, at most once a minute unless `force`. Never throws: the answer holds the error.
 *
 * Whoever forces it knows of something newer than what is being asked already: the server is asked once more after that.
 */
export function ask(path: string, force = false): Promise<void> {
  const key = keyOf(path)
  const entry = entryOf(key)
  if (entry.asking && force) return (entry.again ??= entry.asking.then(() => askedAgain(path, entry)))
  if (entry.asking) return entry.asking
  if (!force && Date.now() - entry.askedAt < FRESH_MS) return Promise.resolve()
  entry.askedAt = Date.now()
  entry.asking = fill(key).finally(() => {
    entry.asking = null
  })
  return entry.asking
}

/** The answer of one address (null = none wanted), with the way to ask again. */
export function useKept<T>(path: string | null): Answer<T> & { again: () => void } {
  const key = keyOf(path ?? '', useLang())
  const watch = useCallback((watcher: () => void) => {
    const { watchers } = entryOf(key)
    watchers.add(watcher)
    return () => void watchers.delete(watcher)
  }, [key])
  const answer = useSyncExternalStore(watch, () => entryOf(key).answer) as Answer<T>
  useEffect(() => {
    if (!path) return undefined
    void ask(path)
    return onReturn(() => void ask(path))
  }, [path, key])
  const again = useCallback(() => void (path && ask(path, true)), [path])
  return { ...answer, again }
}

/** Forgets what was not opened for a season, so that the phone does not fill up. Returns how many it forgot. */
export async function forgetOld(now = Date.now()): Promise<number> {
  const database = await device()
  const old = (await database.getAll('kept')).filter((one) => one.saved_at < now - KEEP_DAYS * 24 * 3_600_000)
  await Promise.all(old.map((one) => database.delete('kept', one.url)))
  return old.length
}

/** Forgets everything that was read; the outbox stays. */
export async function forgetAll(): Promise<void> {
  await (await device()).clear('kept')
}

/** Forgets the answers of some addresses, on the phone and in hand. */
export async function forgetMatching(wanted: (path: string) => boolean): Promise<void> {
  for (const [key, entry] of entries) {
    if (!wanted(pathIn(key))) continue
    entry.askedAt = 0
    show(key, NOTHING)
  }
  const database = await device()
  const gone = (await database.getAll('kept')).filter((one) => wanted(pathIn(one.url)))
  await Promise.all(gone.map((one) => database.delete('kept', one.url)))
}

/** What is in hand for an address right now, without asking. */
export const keptBody = <T>(path: string): T | undefined => entryOf(keyOf(path)).answer.body as T | undefined
