/** The one way to talk to the server: JSON in and out, CSRF on every change, problems as typed errors. */
import { langNow, readCookie } from './i18n'

export type QueryValue = string | number | boolean | null | undefined
export type Query = Record<string, QueryValue | readonly QueryValue[]>
export interface FieldProblem {
  field?: string | null
  message: string
  where?: string | null
}

interface ProblemBody {
  title?: string
  status?: number
  detail?: string
  code?: string
  do?: string | null
  errors?: FieldProblem[]
  [more: string]: unknown
}

/** What went wrong, as the server said it (RFC 9457). `status` 0 and code `network` mean: no answer at all. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly todo: string
  readonly errors: FieldProblem[]

  constructor(
    status: number,
    readonly body: ProblemBody,
  ) {
    super(body.title ?? body.detail ?? `HTTP ${status}`)
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? (status === 0 ? 'network' : `http_${status}`)
    this.detail = body.detail ?? ''
    this.todo = body.do ?? ''
    this.errors = body.errors ?? []
  }

  /** The message for one field of a form, if the server had one. */
  about(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message
  }
}

let csrfOfSession = ''
/** Remember the token that came with the session, for browsers that hide the cookie. */
export const keepCsrf = (token: string): void => {
  csrfOfSession = token
}

/** A path with its query; missing values are left out, lists repeat their key. */
export function urlOf(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly QueryValue[]) : [value as QueryValue]) {
      if (one !== undefined && one !== null && one !== '') params.append(key, String(one))
    }
  }
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

interface Sending {
  method?: string
  body?: BodyInit | null
  json?: unknown
  signal?: AbortSignal | undefined
  more?: Record<string, string> | undefined
}

function headersFor({ method, json, more }: Sending): Headers {
  const headers = new Headers({ ...more, Accept: 'application/json', 'Accept-Language': langNow() === 'zh' ? 'zh-CN' : 'en' })
  if (json !== undefined) headers.set('Content-Type', 'application/json')
  if (method && method !== 'GET') headers.set('X-CSRFToken', readCookie('csrftoken') ?? csrfOfSession)
  return headers
}

let hear: (reader: string) => void = () => undefined
/** Be told with every answer whom it was made for: `account`, or `public` when nobody is signed in (any more). */
export const hearReader = (listener: (reader: string) => void): void => {
  hear = listener
}

async function answerOf(url: string, sending: Sending): Promise<Response> {
  const body = sending.json === undefined ? (sending.body ?? null) : JSON.stringify(sending.json)
  const init: RequestInit = { method: sending.method ?? 'GET', headers: headersFor(sending), body, credentials: 'same-origin' }
  if (sending.signal) init.signal = sending.signal
  try {
    const response = await fetch(url, init)
    const reader = response.headers.get('X-Hexi-Reader')
    if (reader) hear(reader)
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, { code: 'network', title: langNow() === 'zh' ? '连不上服务器' : 'The server does not answer' })
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}))
  return new Problem(response.status, typeof body === 'object' && body !== null ? (body as ProblemBody) : {})
}

async function send<T>(url: string, sending: Sending = {}): Promise<T> {
  const response = await answerOf(url, sending)
  if (!response.ok) throw await problemOf(response)
  return (response.status === 204 ? undefined : await response.json()) as T
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal, more?: Record<string, string>) => send<T>(urlOf(path, query), { signal, more }),
  post: <T>(path: string, json: unknown = {}, signal?: AbortSignal, more?: Record<string, string>) =>
    send<T>(path, { method: 'POST', json, signal, more }),
  patch: <T>(path: string, json: unknown) => send<T>(path, { method: 'PATCH', json }),
  put: <T>(path: string, json: unknown) => send<T>(path, { method: 'PUT', json }),
  delete: <T = void>(path: string, json?: unknown) => send<T>(path, { method: 'DELETE', json }),
  upload: <T>(path: string, form: FormData, signal?: AbortSignal) => send<T>(path, { method: 'POST', body: form, signal }),
}
