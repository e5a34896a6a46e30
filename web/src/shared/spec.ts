/** The panel spec `hexi.ui/1` and the other documents of the server, as TypeScript sees them. */

export type Lang = 'zh' | 'en'
export interface Label {
  zh: string
  en: string
}
export type Text = string | Label
export type Value = string | number | boolean | null
export type Row = Record<string, unknown>

/** `none`: there is a value, and nobody has said yet what would be good or bad. */
export type Status = 'ok' | 'watch' | 'breach' | 'stale' | 'awaiting' | 'absent' | 'none'
export type Quality = 'live' | 'delayed' | 'stale' | 'sample' | 'published' | 'generated' | 'computed' | 'simulated'

/** Where rows come from. `params` may hold literals or `$scope.x`, `$row.x`, `$user.x`. */
export interface Data {
  source: string
  params?: Record<string, Value> | null
  refresh?: string | null
  topics?: string[] | null
}

/** What every data source answers. `dict` translates codes: dict[field][code]. */
export interface Envelope<R extends Row = Row> {
  rows: R[]
  as_of: string | null
  quality: Quality
  origin: Text
  next?: string | null
  dict?: Record<string, Record<string, Text>> | null
  note?: Text | null
  /** Why there is nothing to draw. */
  empty?: Text | null
}

export interface Series {
  y: string
  label: Text
  style?: string | null
}

/** Which fields of a row play which part in the picture. */
export interface Encode {
  x?: string | null
  y?: string | null
  value?: string | null
  series?: Series[] | null
  sort?: string | null
  delta?: string | null
  status?: string | null
  group?: string | null
  label?: string | null
  level?: string | null
  title?: string | null
  meta?: string[] | null
  stage?: string | null
  overdue?: string | null
  time?: string | null
  since?: string | null
  height?: string | null
  category?: string | null
  scale?: string | null
  due?: string | null
  unit?: string | null
  planned?: string | null
  done?: string | null
  columns?: string[] | null
}

/** A click either narrows the scope of this page, or opens another page. Nothing else. */
export interface Drill {
  scope?: Record<string, Value> | null
  camera?: string | null
  open?: { page?: string | null; entity?: string | null; with?: Record<string, Value> | null } | null
}

export type Area = 'strip' | 'left' | 'right' | 'bottom' | 'main'

export interface Panel {
  id: string
  kind: string
  title: Text
  area: Area | string
  size?: number | null
  data?: Data | null
  encode?: Encode | null
  unit?: Text | null
  format?: string | null
  target?: number | null
  good?: 'up' | 'down' | 'none' | null
  drill?: Drill | null
  roles?: string[] | null
  when?: string | null
  help?: Text | null
  text?: Text | null
  component?: string | null
}

export interface Layer {
  id: string
  kind: string
  title: Text
  data: Data
  encode?: Encode | null
  on?: boolean | null
  minzoom?: number | null
  maxzoom?: number | null
  drill?: Drill | null
  roles?: string[] | null
  unit?: Text | null
}

export interface Scope {
  source?: string | null
  enum?: string[] | null
  label?: Text | null
  default?: Value
}

export interface Tab {
  id: string
  title: Text
  page: string
}
export interface Camera {
  fit?: string | null
  center?: [number, number] | null
  zoom?: number | null
  pitch?: number | null
  bearing?: number | null
}
export interface MapSpec {
  camera?: Camera | null
  base?: string | null
  layers: Layer[]
}

export interface Page {
  spec: string
  id: string
  kind: 'screen' | 'board' | 'records' | 'record' | 'mobile' | string
  title: Text
  roles?: string[] | null
  scope?: Record<string, Scope> | null
  tabs?: Tab[] | null
  about?: Text | null
  rotate?: number | null
  map?: MapSpec | null
  panels: Panel[]
  ticker?: { data: Data; encode?: Encode | null; title?: Text | null; drill?: Drill | null } | null
}

export interface PageTitle {
  id: string
  kind: string
  title: Text
}

/** One indicator as the board shows it. */
export interface IndicatorRow extends Row {
  key: string
  code: string
  domain: string
  name: Text
  value: number | null
  unit: Text | null
  status: Status
  period: string | null
  quality: Quality
  delta: number | null
  better: 'up' | 'down' | 'band' | 'none' | null
  target: number | null
  spark: (number | null)[]
  feeds: Text | null
}

export interface Post {
  role: string
  role_label: Label
  place: string | null
  place_name: string | null
  organisation: string | null
}
export interface Account {
  id: number | string
  username: string
  name: string
  posts: Post[]
  otp_enabled: boolean
}
export interface Session {
  account: Account | null
  demo: boolean
  district: { name: Label; code: string; center: [number, number] }
  stream_url: string
  csrf: string
  oidc: boolean
}

export interface MenuItem {
  key: string
  label: Text
  open: { page?: string; entity?: string }
  home?: boolean
}
export interface MenuGroup {
  key: string
  label: Text
  items: MenuItem[]
}
export interface Menu {
  groups: MenuGroup[]
}

export type FieldKind =
  'text' | 'longtext' | 'number' | 'money' | 'flag' | 'choice' | 'moment' | 'day' | 'place' | 'reference' | 'file' | 'office' | 'offices' | (string & {})
export type Privacy = 'open' | 'internal' | 'personal' | 'sensitive'

export interface ModelField {
  key: string
  label: Text
  kind: FieldKind
  unit?: Text | null
  privacy?: Privacy
  source?: Text | null
  filterable?: boolean
  sortable?: boolean
  required?: boolean
  options?: { value: string; label: Text }[] | null
  reference?: string | null
  /** A number that is no amount, such as a year or a longitude: written as it is. */
  plain?: boolean
}

export interface ModelState {
  id: string
  title: Text
  final?: boolean
  phase?: string
}
export interface ModelAction {
  id: string
  title: Text
  fields_schema?: Record<string, unknown> | null
  from: string[]
  to?: string | null
  primary?: boolean
  confirm?: boolean
  needs_reason?: boolean
}

/** Everything the desk needs to know about one kind of record. */
export interface ModelDoc {
  name: string
  label: Text
  description?: Text | null
  schema: Record<string, unknown>
  fields: ModelField[]
  ui: {
    form: { groups: { title: Text; cols?: number; fields: string[] }[]; widgets: Record<string, string> }
    table: { columns: string[]; filters: string[]; sort?: string | null; search: string[] }
  }
  lifecycle: { field: string; states: ModelState[] } | null
  actions: ModelAction[]
  /** Where records are of several kinds: the field that says which, and by kind its life with its steps. */
  lives?: { kind: string; by_kind: Record<string, { lifecycle: { field: string; states: ModelState[] } | null; actions: ModelAction[] }> } | null
  may: { create: boolean; revise: boolean; import: boolean; export: boolean; history: boolean }
  /** What is printed of a record and stuck on its thing; null where nothing is. */
  tag?: Text | null
  paper?: Text | null
}

export interface RecordRow extends Row {
  id: number
  version: number
}
export interface RecordList {
  rows: RecordRow[]
  next: string | null
  dict?: Record<string, Record<string, Text>> | null
  masked: string[]
  as_of: string | null
}
export interface RecordDoc {
  record: RecordRow
  version: number
  title: string
  masked: string[]
  allowed_actions: string[]
  references: Record<string, { entity: string; id: number; label: string }>
  related: { entity: string; field: string; label: Text; count: number }[]
}

/** How one figure came about: the answer behind "how was this computed". */
export interface HowDoc {
  key: string
  label: Text
  definition?: Text | null
  numerator_words?: Text | null
  denominator_words?: Text | null
  exclusions?: Text | null
  basis?: Text | null
  owner?: Text | null
  sentence?: Text | null
  sql?: string | null
  params?: unknown
  numerator?: number | null
  denominator?: number | null
  value: number | null
  unit?: Text | null
  target?: number | null
  watch?: number | null
  breach?: number | null
  period?: string | null
  as_of?: string | null
  version?: string | number | null
  source?: Text | null
  source_note?: Text | null
  source_sentence?: Text | null
  origin?: Text | null
  records?: { entity: string; set?: string | null; all?: string | null; within?: string | null; where?: string[] | null } | null
  revisions: Row[]
}

/** One event of the stream: something of that topic changed. */
export interface LiveEvent {
  sequence: number
  topic: string
  entity?: string | null
  id?: number | string | null
  version?: number | null
  place?: string | null
  at?: string | null
}
