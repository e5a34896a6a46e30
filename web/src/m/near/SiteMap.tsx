/** The sketch of what is near. Only those see it who chose a place and read in the normal size: it comes when it is wanted. */
import { useKept } from '../data/kept'
import { STREETS, type LayerAnswer, type Site } from '../data/projects'
import type { Home } from '../place/home'
import { MiniMap, type AreaProperties } from './MiniMap'
import type { Away } from './order'

interface Props { home: Home; sites: Away<Site>[]; picked: string | null; onPick: (key: string) => void }

export function SiteMap({ home, ...rest }: Props) {
  const { body } = useKept<LayerAnswer<AreaProperties>>(STREETS)
  return <MiniMap center={home} placeName={home.name} streets={body} {...rest} />
}
