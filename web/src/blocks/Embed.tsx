/** The last resort of a page: a reviewed component shipped with Hexi, called by its name. */
import { Unsupported } from './Unsupported'
import type { Block, BlockProps } from './types'

const EMBEDS = new Map<string, Block>()

/** Make a component callable from the spec. Fails on a name that is taken. */
export function registerEmbed(name: string, block: Block): void {
  if (EMBEDS.has(name)) throw new Error(`There is already an embed called ${name}: choose another name.`)
  EMBEDS.set(name, block)
}

export function Embed(props: BlockProps) {
  const Named = EMBEDS.get(props.panel.component ?? '')
  return Named ? <Named {...props} /> : <Unsupported {...props} />
}
