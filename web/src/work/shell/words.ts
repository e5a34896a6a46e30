/** Words of the frame round every page. */
import { texts } from '../../shared/i18n'

export const shellWords = texts({
  search: ['搜索记录', 'Search records'],
  searchGo: ['搜索', 'Search'],
  screen: ['一屏观河西', 'One screen'],
  demo: ['演示数据', 'Demo data'],
  live: ['实时连接', 'Live'],
  connecting: ['正在连接', 'Connecting'],
  lost: ['实时连接已断开，正在重连', 'Live connection lost, reconnecting'],
  lostShort: ['连接断开', 'Offline'],
  gap: ['。', '. '],
  lostHelp: ['页面上的数据不会自动更新，重连后会补上。', 'Figures on this page do not update by themselves; they catch up once connected.'],
  log: ['公开日志：', 'Public log: '],
  back: ['实时连接已恢复', 'Live connection restored'],
  language: ['语言', 'Language'],
  theme: ['外观', 'Appearance'],
  light: ['浅色', 'Light'],
  dark: ['深色', 'Dark'],
  system: ['跟随系统', 'As the system'],
  toDark: ['换成深色', 'Switch to dark'],
  toLight: ['换成浅色', 'Switch to light'],
  toEnglish: ['Switch to English', '切换到中文'],
  shortcuts: ['键盘快捷键', 'Keyboard shortcuts'],
  openMenu: ['打开菜单', 'Open the menu'],
  records: ['业务记录', 'Records'],
  imports: ['数据导入', 'Imports'],
  cases: ['案件调度', 'Case desk'],
  report: ['编制月报', 'Make the monthly report'],
  alarms: ['告警值守台', 'Alarm desk'],
  tours: ['巡访路线', 'Rounds'],
  way: ['步行路线', 'Way on foot'],
  webhooks: ['变更推送', 'Webhooks'],
  tools: ['数据与报告', 'Data and reports'],
  welcome: ['{name}，你好', 'Hello, {name}'],
  welcomeHelp: ['从左边的菜单开始，或按 / 搜索。', 'Start from the menu on the left, or press / to search.'],
  atRisk: ['我负责范围内的风险事项', 'At risk in my area'],
})

export const keyWords = texts({
  search: ['搜索', 'Search'],
  help: ['显示本帮助', 'Show this help'],
  create: ['新建', 'Create'],
  next: ['下一条', 'Next record'],
  previous: ['上一条', 'Previous record'],
  open: ['打开选中的记录', 'Open the record in focus'],
  close: ['关闭记录或对话框', 'Close the record or dialog'],
  edit: ['修改记录', 'Edit the record'],
  enabled: ['启用单键快捷键', 'Use single-key shortcuts'],
})

export const problemWords = texts({
  notFound: ['没有找到这个页面', 'This page was not found'],
  notFoundHelp: [
    '地址可能有误，或者内容已不在，或者你的岗位看不到它。',
    'The address may be wrong, the content may be gone, or your post may not see it.',
  ],
  forbidden: ['你的岗位不能看这一页', 'Your post may not see this page'],
  forbiddenHelp: ['如果工作需要，请联系本单位的账号管理员开通。', 'If your work needs it, ask the account administrator of your unit.'],
  server: ['服务器出错了', 'The server failed'],
  serverHelp: ['已填写的内容没有丢，请稍后重试。', 'What you filled in is not lost. Try again in a moment.'],
  offline: ['连不上服务器', 'The server cannot be reached'],
  offlineHelp: ['请检查网络，恢复后重试。', 'Check the network, then try again.'],
  code: ['编号 {code}', 'Code {code}'],
  home: ['回到首页', 'Back to the start'],
  broken: ['这一块没有显示出来', 'This part could not be shown'],
  brokenHelp: ['其余部分可以照常使用。', 'Everything else works as usual.'],
})

export const searchWords = texts({
  title: ['搜索“{q}”', 'Search “{q}”'],
  none: ['没有找到与“{q}”有关的记录。', 'Nothing found for “{q}”.'],
  hint: ['在上方输入编号、名称或地址。', 'Type a code, a name or an address above.'],
  all: ['在{label}中查看全部', 'See all in {label}'],
})
