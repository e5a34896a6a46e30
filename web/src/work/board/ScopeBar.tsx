import { useData } from '../../shared/data'
import { said, useSaid, useTexts } from '../../shared/i18n'
import { narrow, useScope } from '../../shared/scope'
import type { Page, Row, Scope, Text } from '../../shared/spec'
import { PlacePicker } from '../parts/PlacePicker'
import { Pop } from '../parts/Pop'
import { usePathTo } from '../places'
import { boardWords } from './words'

const isPlace = (name: string, scope: Scope): boolean => name === 'place' || (scope.source ?? '').startsWith('space.')

function PlaceScope({ name, label }: { name: string; label: string }) {
  const t = useTexts(boardWords)
  const code = useScope()[name] ?? ''
  const path = usePathTo(code).data
  const shown = code ? said(path?.at(-1)?.name) || code : t('district')
  return (
    <Pop label={`${label}: ${shown}`} name={label} active={Boolean(code)}>
      {(close) => (
        <PlacePicker
          value={code}
          onChoose={(place) => {
            narrow({ [name]: place.code })
            close()
          }}
        />
      )}
    </Pop>
  )
}

const codeOf = (row: Row): string => String(row['code'] ?? row['id'] ?? row['value'] ?? '')
const nameOf = (row: Row): string => said((row['name'] ?? row['label'] ?? row['title']) as Text) || codeOf(row)

function ListScope({ name, label, scope }: { name: string; label: string; scope: Scope }) {
  const t = useTexts(boardWords)
  const value = useScope()[name] ?? ''
  const rows = useData(scope.source ? { source: scope.source } : null).envelope?.rows ?? []
  const options = scope.enum?.length
    ? scope.enum.map((one) => ({ value: one, label: one }))
    : rows.map((row) => ({ value: codeOf(row), label: nameOf(row) }))
  return (
    <label className="scope-list">
      <span>{label}</span>
      <select className="native-select" value={value} onChange={(event) => narrow({ [name]: event.target.value || undefined })}>
        {!scope.default && <option value="">{t('every')}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What the whole page looks at: place, programme, month, as its spec declares. */
export function ScopeBar({ page }: { page: Page }) {
  const t = useTexts(boardWords)
  const tell = useSaid()
  const scopes = Object.entries(page.scope ?? {})
  if (!scopes.length) return null
  return (
    <div className="scope-bar" role="group" aria-label={t('scope')}>
      {scopes.map(([name, scope]) => {
        const label = tell(scope.label) || (isPlace(name, scope) ? t('place') : name)
        return isPlace(name, scope) ? (
          <PlaceScope key={name} name={name} label={label} />
        ) : (
          <ListScope key={name} name={name} label={label} scope={scope} />
        )
      })}
    </div>
  )
}
