/** What the phone asks about the programme, and how the answers are read. */
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { Envelope, Quality, RecordDoc, RecordList, Text } from '../../shared/spec'
import { middle, type Point } from '../place/shapes'

/** A map layer: GeoJSON with the same stamps as rows. */
export interface LayerAnswer<P> extends FeatureCollection<Geometry, P> {
  as_of?: string | null
  quality?: Quality
  origin?: Text
}

export interface SiteProperties {
  id: number
  title: Text
  category: string
  status: string
  stage?: string | null
  share?: number | null
  place?: string | null
  place_name?: Text | null
  as_of?: string | null
  target?: Text | null
}

/** One project at one place, as the list and the mini map show it. */
export interface Site {
  key: string
  task: string
  title: Text
  category: string
  status: string
  stage: string | null
  share: number | null
  placeName: Text
  asOf: string | null
  target: Text
  at: Point | null
}

function siteOf(feature: Feature<Geometry, SiteProperties>, index: number): Site {
  const { properties: read } = feature
  return {
    key: `${feature.id ?? read.id}-${index}`,
    task: String(read.id),
    title: read.title,
    category: read.category,
    status: read.status,
    stage: read.stage ?? null,
    share: read.share ?? null,
    placeName: read.place_name ?? '',
    asOf: read.as_of ?? null,
    target: read.target ?? '',
    at: middle(feature.geometry),
  }
}

export const sitesOf = (layer: LayerAnswer<SiteProperties> | undefined): Site[] => (layer?.features ?? []).map(siteOf)

export const SITES = '/api/layers/projects.sites'
// As fine as a phone shows it: the finest outlines are twice as large.
export const STREETS = '/api/layers/space.streets?zoom=12'
export const COMMUNITIES = '/api/layers/space.communities?zoom=12'
export type { Envelope, RecordDoc, RecordList }
