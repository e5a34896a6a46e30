/** What the server says about records and their changes, beyond what all entries share (shared/spec). */
import type { Label, ModelAction, ModelDoc, ModelField, RecordDoc, RecordList, RecordRow, Text } from '../shared/spec'

export type { ModelState as State } from '../shared/spec'

export type Kind =
  'text' | 'longtext' | 'number' | 'money' | 'flag' | 'choice' | 'moment' | 'day' | 'place' | 'reference' | 'file' | 'office' | 'offices' | 'document'
export type Id = number | string
export type Values = Record<string, unknown>

export type Field = ModelField & { help?: Text | null; decimals?: number | null; multiple?: boolean; fixed?: boolean; search?: boolean; suggested?: string | null; opens?: boolean; among?: string[]; picks?: string | null }
/** `fields` are those that a form may change, `all_fields` those that a record page shows. */
export type FormGroup = ModelDoc['ui']['form']['groups'][number] & { all_fields?: string[] }
export type Action = Omit<ModelAction, 'confirm'> & { confirm?: boolean | Text | null; creates?: boolean }
export interface Life {
  lifecycle: ModelDoc['lifecycle']
  actions: Action[]
}
export interface Model extends Omit<ModelDoc, 'fields' | 'actions' | 'ui' | 'may' | 'lives'> {
  fields: Field[]
  actions: Action[]
  lives?: { kind: string; by_kind: Record<string, Life> } | null
  ui: { form: { groups: FormGroup[]; widgets: Record<string, string> }; table: ModelDoc['ui']['table'] }
  may: ModelDoc['may'] & { reveal?: boolean }
  /** Actions by which this reader may begin a new record here. */
  begins?: string[]
  title?: string
  key?: string[]
  place?: string
  organisation?: string
}

export type Dict = Record<string, Record<string, Text>>
export type Rows = RecordList
export type Row = RecordRow
/** What a 409 carries: the record as it is now. */
export interface Present {
  version: number
  values: Values
}
/** What a change leaves. */
export interface Saved {
  record: Row
  /** The register of what was begun, which may be another than the action's. */
  entity?: string
  version: number
  title: string
  allowed_actions: string[]
  once?: Record<string, string>
}
export interface Count {
  count: number
  capped: boolean
}
export interface Facet {
  value: string | null
  count: number
}

export type Related = RecordDoc['related'][number]
/** An action elsewhere that begins something for this record: `question` is what the record answers of its form. */
export interface Begun {
  entity: string
  action: string
  title: Text
  question: string
}
export type RecordAnswer = RecordDoc & { begins?: Begun[]; dict?: Dict | null; next_step?: { label: Text; by: Text[] } | null }

export interface Change {
  field: string
  label: Text
  before: unknown
  after: unknown
  masked?: boolean
}
export interface HistoryEntry {
  id: Id
  at: string
  who: string | null
  post: Text | null
  action: string
  action_label: Text | null
  /** In two languages where the platform itself gave the reason. */
  why: Text | null
  changes: Change[]
  /** The history of a look at masked fields: what was seen, and whether the person concerned asked about it. */
  look?: { fields: Text[]; purpose: Text; asked: boolean }
  /** What it said of a person was destroyed by order. */
  erased?: boolean
  log?: { state: 'waiting' | 'logged' | 'cosigned'; index: number | null }
}

export interface ViewQuery {
  q?: string
  where?: string[]
  set?: string
  sort?: string
  columns?: string[]
}
export interface SavedView {
  id: Id
  name: string
  query: ViewQuery
  shared: boolean
  mine: boolean
}

export interface StoredFile {
  id: Id
  name: string
  size: number
  sha256: string
  media_type: string
}

export interface ImportColumn {
  index: number
  header: string
  letter: string
  samples: string[]
  field: string | null
  confidence: number
}

/** A field that a sheet may carry into this register. */
export interface SheetField {
  key: string
  label: Label
  required: boolean
}

export interface ImportUpload {
  id: Id
  entity: string
  file_name: string
  encoding: string | null
  sheet: string | null
  sheets: string[]
  header_row: number
  rows: number
  columns: ImportColumn[]
  fields: SheetField[]
  answers?: Record<string, string>
}

export interface ImportError {
  row: number
  cell: string
  column: string
  field: string
  value: string
  message: string
}
export interface ImportPreview {
  total: number
  good: number
  bad: number
  rows: Values[]
  errors: ImportError[]
  error_count: number
  remarks: ImportError[]
  remark_count: number
  questions: ImportQuestion[]
}
/** `proposed` is what the file's own content speaks for, `answer` what somebody chose. */
export interface ImportQuestion {
  key: string
  label: string
  options: { value: string; label: string }[]
  proposed: string
  answer: string
}
export type ImportMode = 'all_or_nothing' | 'good_rows'
export interface ImportResult {
  id: Id
  status: string
  added: number
  bad: number
  result_url: string | null
}
/** While it waits to be carried out, an import still has its columns. */
export interface ImportEntry extends Partial<Pick<ImportUpload, 'columns' | 'fields' | 'answers' | 'encoding' | 'sheet' | 'sheets' | 'header_row'>> {
  id: Id
  entity: string
  file_name: string
  status: string
  rows: number
  added?: number | null
  bad?: number | null
  at?: string | null
  who?: string | null
  result_url?: string | null
}

export interface DemoAccount {
  username: string
  name: string
  password: string
  role: string | Label
}
