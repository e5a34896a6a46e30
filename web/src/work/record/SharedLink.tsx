/** A link that is handed to somebody without an account: its text, a way to copy it, and its QR code for their phone. */
import { Button, Input, Space } from 'antd'
import { useEffect, useState } from 'react'
import { api } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { recordWords } from './words'

/** The server gives the path; the host is the one that this desk was opened under. */
export const isLink = (value: string): boolean => value.startsWith('/m/')

export function SharedLink({ path }: { path: string }) {
  const t = useTexts(recordWords)
  const address = new URL(path, location.origin).href
  const [picture, setPicture] = useState('')
  const [said, setSaid] = useState<'copied' | 'copyByHand' | null>(null)
  useEffect(() => {
    // Without the picture the text still does.
    api.post<{ picture: string }>('/api/qr', { text: address }).then((drawn) => setPicture(drawn.picture), () => setPicture(''))
  }, [address])
  // On plain addresses browsers give no clipboard.
  const copy = () => Promise.resolve(navigator.clipboard?.writeText(address) ?? Promise.reject(new Error('no clipboard')))
    .then(() => setSaid('copied'), () => setSaid('copyByHand'))
  return (
    <div className="shared-link">
      <p className="field-help">{t('linkHelp')}</p>
      <Space.Compact block>
        <Input readOnly value={address} aria-label={t('link')} onFocus={(event) => event.target.select()} />
        <Button onClick={() => void copy()}>{t('copy')}</Button>
      </Space.Compact>
      <p role="status">{said && t(said)}</p>
      {picture && <img src={picture} alt={t('linkCode')} width={200} height={200} />}
    </div>
  )
}
