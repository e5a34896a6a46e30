import { texts } from '../../shared/i18n'

export const TITLES = texts({
  near: ['家门口的民生工程', 'Projects near me'],
  place: ['选我的位置', 'My place'],
  project: ['项目详情', 'Project'],
  say: ['我在现场', 'I am there'],
  pick: ['您说的是哪一个？', 'Which project?'],
  programme: ['20 项民心工程', 'The 20 projects'],
  district: ['看全区', 'The district'],
  mine: ['我的', 'Mine'],
  report: ['随手报', 'Report'],
  cases: ['我的上报', 'My reports'],
  case: ['我的上报', 'My report'],
  work: ['我的工作', 'My work'],
  card: ['办理', 'Handle'],
  stop: ['到现场', 'On the spot'],
  slip: ['我的页面', 'My page'],
  looks: ['谁查看过我', 'Who looked'],
  nearby: ['身边 15 分钟', 'Within 15 minutes'],
  outlet: ['这一家', 'This place'],
  wish: ['我这里缺什么', 'What is missing here'],
  lost: ['没有这个页面', 'No such page'],
})
