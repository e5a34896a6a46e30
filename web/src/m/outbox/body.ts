/** Puts the number of a file where the body wants it: `values.photo` holds one, `values.photos[]` joins a list. */
export type Body = Record<string, unknown>

const within = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {})

export function placed(body: Body, path: string, file: number | string | null): Body {
  const [head = '', ...rest] = path.split('.')
  if (rest.length) return { ...body, [head]: placed(within(body[head]), rest.join('.'), file) }
  if (!head.endsWith('[]')) return { ...body, [head]: file }
  const name = head.slice(0, -2)
  const list = Array.isArray(body[name]) ? (body[name] as unknown[]) : []
  return { ...body, [name]: [...list, file] }
}
