/** The parts of a place's page. */
import { Link } from 'react-router'
import { byFormat, number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { Skeleton } from '../../shared/States'
import { placePath } from '../paths'
import { momentText } from '../values'
import { useHanging, type Part, type PlaceTold } from './api'
import { changeWords, placePageWords } from './words'

const text = (value: Record<string, string>): Text => value as unknown as Text
/** Who changes a place by an import: its reason says which. */
const PLATFORM = 'platform'
const DOOR_DIGITS = 22
const HOUSE_DIGITS = 20

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function Facts({ place }: { place: PlaceTold }) {
  const t = useTexts(placePageWords)
  const said = useSaid()
  const isDoor = place.code.length === DOOR_DIGITS
  return (
    <dl className="place-facts card">
      <Fact name={t('code')}>
        <span className="num">{place.code}</span>
      </Fact>
      {isDoor && <Fact name={t('where')}>{place.point ? said(text(place.point)) : t('noPoint')}</Fact>}
      {place.storeys !== null && <Fact name={t('storeys')}>{number(place.storeys, 0)}</Fact>}
      {place.homes !== null && <Fact name={t('homes')}>{number(place.homes, 0)}</Fact>}
      {place.since && <Fact name={t('since')}>{place.since}</Fact>}
      {place.aliases.length > 0 && (
        <Fact name={t('aliases')}>
          {place.aliases.map((one) => (
            <span key={one.name} className="place-alias" title={one.source}>
              {one.name}
              <span className="meta">{t(one.kind as 'misprint' | 'former' | 'common')}</span>
            </span>
          ))}
        </Fact>
      )}
    </dl>
  )
}

function Line({ part, isDoor }: { part: Part; isDoor: boolean }) {
  const t = useTexts(placePageWords)
  const said = useSaid()
  return (
    <tr data-ended={part.ended ? true : undefined}>
      <th scope="row">
        <Link to={placePath(part.code)}>{said(text(part.name))}</Link>
      </th>
      <td className="num">{part.code}</td>
      <td className={isDoor ? undefined : 'num end'}>
        {isDoor ? (part.point ? said(text(part.point)) : t('noPoint')) : number(part.parts, 0)}
      </td>
      <td>{part.ended ? t('endedOn', { day: part.ended }) : t('stands')}</td>
    </tr>
  )
}

export function Parts({ place }: { place: PlaceTold }) {
  const t = useTexts(placePageWords)
  const areDoors = place.code.length === HOUSE_DIGITS
  if (place.code.length === DOOR_DIGITS) return null
  return (
    <section>
      <h2>{t(areDoors ? 'doors' : 'parts')}</h2>
      {place.parts.length === 0 && <p className="nothing sheet">{t('noParts')}</p>}
      {place.parts.length > 0 && (
        <div className="sheet scroll-x" role="region" aria-label={t(areDoors ? 'doors' : 'parts')} tabIndex={0}>
          <table className="plain-table place-parts">
            <thead>
              <tr>
                <th scope="col">{t('partName')}</th>
                <th scope="col">{t('code')}</th>
                <th scope="col" className={areDoors ? undefined : 'end'}>
                  {t(areDoors ? 'where' : 'partCount')}
                </th>
                <th scope="col">{t('state')}</th>
              </tr>
            </thead>
            <tbody>
              {place.parts.map((part) => (
                <Line key={part.code} part={part} isDoor={areDoors} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

export function Hangs({ code }: { code: string }) {
  const t = useTexts(placePageWords)
  const said = useSaid()
  const { data } = useHanging(code)
  return (
    <section>
      <h2>{t('hangs')}</h2>
      {!data && <Skeleton lines={3} />}
      {data && data.hangs.length === 0 && <p className="nothing sheet">{t('noHangs')}</p>}
      {data && data.hangs.length > 0 && (
        <ul className="sheet place-hangs">
          {data.hangs.map((one) => (
            <li key={one.entity}>
              <Link to={`/records/${one.entity}?${new URLSearchParams({ where: one.where }).toString()}`}>
                <span>{said(text(one.label))}</span>
                <b className="num">{one.capped ? t('more', { n: byFormat(one.count) }) : byFormat(one.count)}</b>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function Codes({ place }: { place: PlaceTold }) {
  const t = useTexts(placePageWords)
  const said = useSaid()
  if (place.code.length < HOUSE_DIGITS && place.formers.length === 0) return null
  return (
    <section>
      <h2>{t('codes')}</h2>
      {place.formers.length === 0 && <p className="nothing sheet">{t('noCodes')}</p>}
      {place.formers.length > 0 && (
        <ul className="sheet place-hangs">
          {place.formers.map((one) => (
            <li key={one.code}>
              <Link to={placePath(one.code)}>{t('tookOver', { code: one.code, place: said(text(one.name)), day: one.ended ?? '' })}</Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function History({ place }: { place: PlaceTold }) {
  const t = useTexts(placePageWords)
  const word = useTexts(changeWords)
  return (
    <section>
      <h2>{t('history')}</h2>
      {place.changes.length === 0 && <p className="nothing sheet">{t('noHistory')}</p>}
      {place.changes.length > 0 && (
        <ol className="sheet place-history">
          {place.changes.map((one) => (
            <li key={`${one.at} ${one.action}`}>
              <b>{one.action in changeWords ? word(one.action as keyof typeof changeWords) : one.action}</b>
              <span className="meta num">{momentText(one.at)}</span>
              <span className="meta">{[one.why, one.who === PLATFORM ? '' : one.who].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
