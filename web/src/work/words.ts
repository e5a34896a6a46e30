/** Words that every part of the desk uses. */
import { texts } from '../shared/i18n'

export const deskWords = texts({
  desk: ['河西工作台', 'Hexi Desk'],
  skip: ['跳到主要内容', 'Skip to the main content'],
  nav: ['主导航', 'Main navigation'],
  home: ['首页', 'Home'],
  cancel: ['取消', 'Cancel'],
  close: ['关闭', 'Close'],
  save: ['保存', 'Save'],
  retry: ['重试', 'Try again'],
  back: ['返回', 'Back'],
  more: ['更多', 'More'],
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  empty: ['—', '—'],
  crumbs: ['所在位置', 'Where you are'],
  loading: ['正在加载', 'Loading'],
})
