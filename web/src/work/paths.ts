/** Addresses within the desk, relative to /work. */
import type { ListQuery } from './list/query'
import { toUrl } from './list/query'
import type { Id } from './wire'

export const listPath = (entity: string): string => `/records/${entity}`
export const newPath = (entity: string): string => `/records/${entity}/new`
export const recordAddress = (entity: string, id: Id): string => `/records/${entity}/${encodeURIComponent(String(id))}`
export const pagePath = (page: string): string => `/pages/${page}`
export const importPath = (entity?: string): string => (entity ? `/imports/new/${entity}` : '/imports')
export const importEntryPath = (id: Id): string => `/imports/${encodeURIComponent(String(id))}`
export const casesPath = '/cases'
export const alarmsPath = '/alarms'
export const toursPath = '/tours'
export const wayPath = '/way'
export const webhooksPath = '/webhooks'
export const placesPath = '/places'
export const placePath = (code: string): string => `/places/${encodeURIComponent(code)}`
export const reportPath = '/report'
export const searchPath = (text: string): string => `/search?${new URLSearchParams({ q: text }).toString()}`

export function listAddress(entity: string, query: ListQuery): string {
  const text = toUrl(query).toString()
  return text ? `${listPath(entity)}?${text}` : listPath(entity)
}

/** A list narrowed to the records that point at one record, or hold one value. */
export function whereAddress(entity: string, where: Record<string, Id>): string {
  const params = new URLSearchParams()
  Object.entries(where).forEach(([field, value]) => params.append('where', `${field}:eq:${value}`))
  return `${listPath(entity)}?${params.toString()}`
}
