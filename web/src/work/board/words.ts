/** Words of boards. */
import { texts } from '../../shared/i18n'

export const boardWords = texts({
  empty: ['当前范围内没有内容。', 'Nothing in this scope.'],
  all: ['查看全部', 'See all'],
  place: ['地点', 'Place'],
  every: ['全部', 'All'],
  scope: ['范围', 'Scope'],
  district: ['全区', 'Whole district'],
})
