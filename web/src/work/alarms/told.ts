/** What went wrong, said where everything else is. */
import { tell } from '../parts/notice'

export const tellFailed = (error: unknown): void => tell('failed', error instanceof Error ? error.message : String(error))
