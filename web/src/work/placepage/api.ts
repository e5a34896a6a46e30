/** Reading one place, and what hangs on it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { components } from '../../api/schema'
import { api } from '../../shared/api'

export type PlaceTold = components['schemas']['PlaceTold']
export type Part = components['schemas']['Part']
export type Hanging = components['schemas']['Hanging']

export const ADDRESS_LIST = 'data.addressline'

export const usePlace = (code: string) =>
  useQuery({
    queryKey: ['place', code],
    queryFn: ({ signal }) => api.get<PlaceTold>(`/api/space/${code}/place`, {}, signal),
    placeholderData: keepPreviousData,
    enabled: code !== '',
  })

export const useHanging = (code: string) =>
  useQuery({
    queryKey: ['hangs', code],
    queryFn: ({ signal }) => api.get<Hanging>(`/api/space/${code}/hangs`, {}, signal),
    enabled: code !== '',
  })
