/** Which figure is being explained: kept in the address, so an explanation can be linked and undone. */
import { narrow, useScope } from '../shared/scope'

export const openHow = (key: string): void => narrow({ how: key })
export const closeHow = (): void => narrow({ how: undefined })
export const useHowKey = (): string | undefined => useScope()['how']
