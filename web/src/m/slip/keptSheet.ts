/** What a page with a large button must still be able to do without a network: the button itself, and the numbers to ring. */
import { sheetOf, type Sheet } from '../data/slip'
import { device } from '../device/store'
import { slipLane } from './answering'

const addressOf = (slip: string, secret: string): string => slipLane(slip, secret)

/** No more than that stays on the phone: what else the page says about somebody is not kept. */
const bare = (sheet: Sheet): Sheet => ({ ...sheet, title: sheet.label, facts: sheet.facts.filter(({ link }) => link?.startsWith('tel:')) })

/** The sheet as the server has it; one with a large button is kept for when there is no network. */
export async function askedSheet(slip: string, secret: string): Promise<Sheet> {
  const sheet = await sheetOf(slip, secret)
  if (sheet.button) await device().then((store) => store.put('kept', { url: addressOf(slip, secret), body: bare(sheet), saved_at: Date.now() })).catch(() => undefined)
  return sheet
}

/** What this phone kept of it; null where it never had it, or keeps nothing. */
export async function keptSheet(slip: string, secret: string): Promise<Sheet | null> {
  const found = await device().then((store) => store.get('kept', addressOf(slip, secret))).catch(() => undefined)
  return (found?.body as Sheet | undefined) ?? null
}
