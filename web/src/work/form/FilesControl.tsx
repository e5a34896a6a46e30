import { CloseOutlined, UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { api } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { sentenceOf } from '../shell/Problems'
import { fileSize } from '../values'
import type { Id, StoredFile } from '../wire'
import { fieldOf, tied, type Control } from './context'
import { formWords } from './words'

interface Kept {
  id: Id
  name: string
  size?: number
}

function upload(file: File): Promise<StoredFile> {
  const form = new FormData()
  form.append('file', file)
  return api.upload<StoredFile>('/api/files', form)
}

const idsOf = (value: unknown): Id[] =>
  Array.isArray(value) ? (value as Id[]) : value === undefined || value === null ? [] : [value as Id]

function useUploads(start: Kept[], onDone: (kept: Kept[]) => void) {
  const t = useTexts(formWords)
  const [kept, setKept] = useState(start)
  const [sending, setSending] = useState<string[]>([])
  const [refused, setRefused] = useState('')
  const show = (next: Kept[]) => {
    setKept(next)
    onDone(next)
  }

  const add = async (files: File[], single: boolean) => {
    setRefused('')
    let next = single ? [] : kept
    for (const file of single ? files.slice(0, 1) : files) {
      setSending((names) => [...names, file.name])
      try {
        next = [...next, await upload(file)]
        show(next)
      } catch (error) {
        setRefused(t('fileFailed', { name: file.name, why: sentenceOf(error) }))
      } finally {
        setSending((names) => names.filter((name) => name !== file.name))
      }
    }
  }
  return { kept, sending, refused, add, remove: (id: Id) => show(kept.filter((one) => one.id !== id)) }
}

/** Photographs, shown as such. */
export function PhotosControl(control: Control) {
  return <Files control={control} photos />
}

/** Evidence: files are stored at once, the record keeps their numbers. */
export function FilesControl(control: Control) {
  return <Files control={control} />
}

function Files({ control, photos = false }: { control: Control; photos?: boolean }) {
  const { onChange, schema, disabled, readonly, id, registry } = control
  const t = useTexts(formWords)
  const picker = useRef<HTMLInputElement>(null)
  const single = schema.type !== 'array'
  const known = registry.formContext.labels[fieldOf(control)?.key ?? '']
  const start = idsOf(control.value).map((file) => ({ id: file, name: known ?? `#${file}` }))
  const report = (kept: Kept[]) => onChange(single ? kept.at(-1)?.id : kept.map((one) => one.id))
  const { kept, sending, refused, add, remove } = useUploads(start, report)
  return (
    <div className="files-control">
      <input
        ref={picker}
        type="file"
        {...(photos ? { accept: 'image/*' } : {})}
        hidden
        tabIndex={-1}
        aria-hidden="true"
        multiple={!single}
        onChange={(event) => {
          void add([...(event.target.files ?? [])], single)
          event.target.value = ''
        }}
      />
      <Button
        {...tied(control)}
        aria-labelledby={`${id}__label ${id}`}
        icon={<UploadOutlined />}
        loading={sending.length > 0}
        disabled={disabled || readonly || false}
        onClick={() => picker.current?.click()}
      >
        {t(photos ? 'photos' : 'files')}
      </Button>
      <ul aria-live="polite">
        {kept.map((file) => (
          <li key={file.id}>
            <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
              {photos && <img src={`/api/files/${file.id}`} alt="" className="photo-small" />}
              {file.name}
            </a>
            {file.size !== undefined && <span className="meta num">{fileSize(file.size)}</span>}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('fileRemove', { name: file.name })}
              onClick={() => remove(file.id)}
            />
          </li>
        ))}
        {sending.map((name) => (
          <li key={name} className="meta">
            {t('fileUploading', { name })}
          </li>
        ))}
      </ul>
      {refused && (
        <div className="field-error" role="alert">
          <Mark status="breach" />
          {refused}
        </div>
      )}
    </div>
  )
}
