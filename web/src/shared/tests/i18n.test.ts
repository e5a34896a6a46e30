import { expect, test } from 'vitest'
import { fill, said, setLang, useLangStore } from '../i18n'
import { asStatus, readStatus } from '../Status'

test('a text is said in the language of the reader, and Chinese stands in for a missing one', () => {
  expect(said({ zh: '街道', en: 'Street' }, 'en')).toBe('Street')
  expect(said({ zh: '街道', en: '' }, 'en')).toBe('街道')
  expect(said('plain', 'en')).toBe('plain')
  expect(said(null, 'zh')).toBe('')
})

test('gaps are filled, unknown ones stay visible', () => {
  expect(fill('共 {n} 项，{other}', { n: 59 })).toBe('共 59 项，{other}')
})

test('a choice of language is kept in the cookie that the server reads', () => {
  setLang('en')
  expect(document.cookie).toContain('hexi_lang=en')
  expect(document.documentElement.lang).toBe('en')
  setLang('zh')
  expect(useLangStore.getState().lang).toBe('zh')
  expect(document.documentElement.lang).toBe('zh-CN')
})

test('states of tasks are read as statuses, unknown words as not judged', () => {
  expect([asStatus('late'), asStatus('at_risk'), asStatus('done'), asStatus('whatever'), readStatus(7)]).toEqual([
    'breach',
    'watch',
    'ok',
    'none',
    null,
  ])
})
