import { expect, it } from 'vitest'
import { bracketed, joined } from '../joined'

it('puts parts together with the marks of each language, and leaves none behind for an empty part', () => {
  expect(joined('comma', ['已超时', '', '超 2 天'], 'zh')).toBe('已超时，超 2 天')
  expect(joined('comma', ['Over time', null, '2 days over'], 'en')).toBe('Over time, 2 days over')
  expect(joined('colon', ['依据', '本平台设定'], 'zh')).toBe('依据：本平台设定')
  expect([bracketed('按工作时间计', 'zh'), bracketed('in working time', 'en')]).toEqual(['（按工作时间计）', ' (in working time)'])
})
