/** Addresses of the three entries, so that one can lead to another. */
import { urlOf, type Query } from './api'

export const screenPath = (page: string): string => `/screen/${page}`
export const screenHref = (page: string, scope: Query = {}): string => urlOf(screenPath(page), scope)

/** The desk's list of records; `where` as the server takes it: `field:op:value`. */
export const recordsHref = (entity: string, where: readonly string[] = []): string => urlOf(`/work/records/${entity}`, { where })
export const recordHref = (entity: string, id: string | number): string => `/work/records/${entity}/${id}`
export const boardHref = (page: string, scope: Query = {}): string => urlOf(`/work/pages/${page}`, scope)
