/** What is true of the whole page: no network, a newer version waiting. */
import { texts, useTexts } from '../../shared/i18n'
import { useReach } from '../device/reach'
import { useUpdate } from '../device/worker'

const words = texts({
  offline: ['没有网络。存下的内容可以继续看，提交的内容先存在手机里。', 'No network. What was saved can be read; what you submit is kept on the phone.'],
  update: ['有新版本', 'A new version is ready'],
  refresh: ['更新', 'Update'],
})

export function Notices() {
  const t = useTexts(words)
  const reached = useReach((reach) => reach.reached)
  const update = useUpdate()
  return (
    <div role="status">
      {!reached && <p className="notice">{t('offline')}</p>}
      {update && <p className="notice">{t('update')} <button type="button" className="button" onClick={update}>{t('refresh')}</button></p>}
    </div>
  )
}
