import { texts, useTexts } from '../../shared/i18n'
import { Link } from '../parts/Link'
import { LocateButton } from '../place/LocateButton'

const words = texts({
  title: ['先选一个地方', 'First choose a place'],
  why: ['选好以后，项目按离您的远近排列。位置只存在这部手机里，不会发出去。', 'Projects are then sorted by distance. Your place stays on this phone and is not sent.'],
  choose: ['自己选社区', 'Choose a community'],
})

/** Asks for the reader's place, with the reason, before the phone asks for permission. */
export function AskPlace() {
  const t = useTexts(words)
  return (
    <section className="card ask" aria-labelledby="ask-title">
      <h2 id="ask-title">{t('title')}</h2>
      <p>{t('why')}</p>
      <div className="buttons">
        <LocateButton />
        <Link to={{ page: 'place' }} className="button">{t('choose')}</Link>
      </div>
    </section>
  )
}
