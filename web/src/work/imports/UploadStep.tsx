import { useId, useState, type DragEvent } from 'react'
import { useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { sentenceOf } from '../shell/Problems'
import type { ImportUpload } from '../wire'
import { upload } from './api'
import { importWords } from './words'

/** A file, dropped or chosen; what it holds is read by the server. */
export function UploadStep({ entity, onRead }: { entity: string; onRead: (read: ImportUpload) => void }) {
  const t = useTexts(importWords)
  const id = useId()
  const [name, setName] = useState('')
  const [refused, setRefused] = useState('')
  const [over, setOver] = useState(false)

  const send = async (file: File | undefined) => {
    if (!file) return
    setName(file.name)
    setRefused('')
    try {
      onRead(await upload(entity, file))
    } catch (error) {
      setRefused(sentenceOf(error))
    } finally {
      setName('')
    }
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files[0])
  }
  return (
    <div>
      <label
        htmlFor={id}
        className="drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        <b>{name ? t('uploading', { name }) : t('drop')}</b>
        <span className="meta">{t('accept')}</span>
        <input
          id={id}
          type="file"
          accept=".csv,.xlsx,.txt,.geojson,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          disabled={Boolean(name)}
          onChange={(event) => {
            void send(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      <div role="alert">
        {refused && (
          <p className="field-error">
            <Mark status="breach" />
            {refused}
          </p>
        )}
      </div>
    </div>
  )
}
