import { useEffect } from 'react'
import { Link } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { deskWords } from '../words'

export interface Crumb {
  label: string
  to?: string
}

/** The way back, and the name of the page in the browser's tab. */
export function Crumbs({ path }: { path: Crumb[] }) {
  const word = useTexts(deskWords)
  const last = path.at(-1)?.label ?? ''
  useEffect(() => {
    document.title = last ? `${last} · ${word('desk')}` : word('desk')
  }, [last, word])
  return (
    <nav className="crumbs" aria-label={word('crumbs')}>
      <ol>
        <li>
          <Link to="/">{word('home')}</Link>
        </li>
        {path.map(({ label, to }, index) => (
          <li key={index}>{to ? <Link to={to}>{label}</Link> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  )
}
