/** Notes and definitions in a safe subset of Markdown: paragraphs, lists, **strong**. No HTML, no links to elsewhere. */
import { useLang, useSaid } from '../shared/i18n'
import { word } from './rows'
import { lineEnds, Rows } from './Rows'
import type { BlockProps } from './types'

function Inline({ text }: { text: string }) {
  return text.split(/\*\*(.+?)\*\*/).map((part, index) => (index % 2 ? <strong key={index}>{part}</strong> : part))
}

function Part({ text }: { text: string }) {
  const lines = text.split('\n')
  if (!lines.every((line) => /^\s*[-*] /.test(line)))
    return (
      <p>
        <Inline text={text} />
      </p>
    )
  return (
    <ul>
      {lines.map((line, index) => (
        <li key={index}>
          <Inline text={line.replace(/^\s*[-*] /, '')} />
        </li>
      ))}
    </ul>
  )
}

export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {text
        .split(/\n{2,}/)
        .filter(Boolean)
        .map((part, index) => (
          <Part key={index} text={part.trim()} />
        ))}
    </div>
  )
}

export function TextBlock({ panel, envelope }: BlockProps) {
  const said = useSaid()
  const lang = useLang()
  const first = envelope.rows[0]
  const text = panel.text ? said(panel.text) : first ? word(envelope, first, panel.encode?.value ?? 'text', lang) : ''
  return (
    <Rows as="div" ends={lineEnds} aria-label={said(panel.title)} role="group">
      <Markdown text={text} />
    </Rows>
  )
}
