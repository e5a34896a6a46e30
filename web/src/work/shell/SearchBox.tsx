import { Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { searchPath } from '../paths'
import { useKey } from './shortcuts'
import { shellWords } from './words'

/** Looks through every kind of record that the reader's menu leads to. */
export function SearchBox() {
  const t = useTexts(shellWords)
  const go = useNavigate()
  const box = useRef<InputRef>(null)
  const [params] = useSearchParams()
  const asked = location.pathname.endsWith('/search') ? (params.get('q') ?? '') : ''
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  useKey('/', () => box.current?.focus())
  const search = (value: string) => {
    if (value.trim()) void go(searchPath(value.trim()))
  }
  return (
    <form role="search" className="search" onSubmit={(event) => event.preventDefault()}>
      <Input.Search
        ref={box}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSearch={search}
        placeholder={t('search')}
        aria-label={t('search')}
        allowClear
      />
    </form>
  )
}
