import { Modal, Switch } from 'antd'
import { useEffect } from 'react'
import { useTexts } from '../../shared/i18n'
import { setShortcuts, showShortcuts, useShortcuts } from './shortcuts'
import { keyWords, shellWords } from './words'

const KEYS = [
  ['/', 'search'],
  ['?', 'help'],
  ['n', 'create'],
  ['e', 'edit'],
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open'],
  ['Esc', 'close'],
] as const

/** What the keys do, and the switch that turns them off. */
export default function Shortcuts() {
  const shell = useTexts(shellWords)
  const t = useTexts(keyWords)
  const { on, help, from, more } = useShortcuts()
  useEffect(() => () => from?.focus(), [from])
  return (
    <Modal open={help} title={shell('shortcuts')} footer={null} onCancel={() => showShortcuts(false)} width={420}>
      <label className="row between">
        <span>{t('enabled')}</span>
        <Switch checked={on} onChange={setShortcuts} />
      </label>
      <dl className="keys">
        {KEYS.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
        {more.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
