/** Addresses of the three entries, so that one can lead to another. */
import { urlOf, type Query } from './api'

export const screenPath = (page: string): string => `/screen/${page}`
export const screenHref = (page: string, scope: Query = {}): string => urlOf(screenPath(page), scope)

export interface RecordsQuery {
  where?: readonly string[]
  set?: string | null | undefined
}

/** The desk's list of records; `where` as the server takes it (`field:op:value`), `set` the rows of an indicator (`key.hit`). */
export const recordsHref = (entity: string, { where = [], set }: RecordsQuery = {}): string =>
  urlOf(`/work/records/${entity}`, { set, where })
export const recordHref = (entity: string, id: string | number): string => `/work/records/${entity}/${id}`
export const placeHref = (code: string): string => `/work/places/${code}`
export const boardHref = (page: string, scope: Query = {}): string => urlOf(`/work/pages/${page}`, scope)
