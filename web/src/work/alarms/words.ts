/** Words of the alarm desk. */
import { texts } from '../../shared/i18n'

export const alarmWords = texts({
  title: ['告警值守台', 'Alarm desk'],
  running: ['进行中', 'Running'], waiting: ['待复核', 'To be reviewed'],
  none: ['现在没有进行中的告警。', 'No alarm is running now.'],
  since: ['已过', 'since the call'], left: ['到场时限剩', 'left to be there'], over: ['到场已超时', 'over the limit'],
  ends: ['{time} 后无人应答即结束', 'ends in {time} if nobody answers'],
  next: ['{time} 后呼叫下一级', 'the next are called in {time}'], again: ['{time} 后再次呼叫', 'called again in {time}'],
  top: ['已到最后梯级', 'at the last rung'], test: ['测试', 'test'], presses: ['已呼叫 {n} 次', 'called {n} times'],
  walk: ['步行约 {n} 分钟', '{n} min on foot'], straight: ['（直线估算）', ' (straight line)'],
  eta: ['预计 {time} 到', 'expected at {time}'], notYet: ['未呼叫', 'not called yet'],
  coming: ['{time} 有人到场', 'somebody there at {time}'], there: ['{time} 已到场', 'there since {time}'],
  open: ['打开记录', 'Open the record'], case: ['案件', 'Case'], endIt: ['结束救助', 'End the rescue'], outcome: ['结果', 'Outcome'], choose: ['请选择', 'Choose'],
  note: ['处置说明', 'What was done'], confirm: ['确认', 'Confirm'], cancel: ['取消', 'Cancel'],
  answered: ['代记应答', 'note an answer'], cannot: ['代记不能前往', 'note that they cannot'], isThere: ['代记到场', 'note the arrival'], byPhone: ['电话告知值守员', 'told the desk by telephone'],
  raise: ['登记告警', 'Raise an alarm'], testCall: ['测试呼叫', 'Test call'], kind: ['告警类型', 'Kind of alarm'], subject: ['对象标识', 'Subject'], subjectHelp: ['如 eldercare.elder:12', 'as in eldercare.elder:12'],
  testHelp: ['测试呼叫只通知第一梯级；无人应答会自动结束并记录。', 'A test call reaches the first rung only; if nobody answers it ends and says so.'],
  coverage: ['值守覆盖证明', 'Proof of coverage'], coverageHelp: ['未来 {days} 天每小时每个社区是否有人值守；情况相同的社区合为一行，绿色为有人，红色为空档。', 'For each hour of the next {days} days and each community: is somebody on duty? Communities alike share a row; green is somebody, red nobody.'],
  gaps: ['空档', 'Gaps'], covered: ['覆盖', 'Covered'], place: ['社区', 'Community'], role: ['岗位', 'Role'], full: ['无空档', 'no gap'], more: ['等 {n} 处', '{n} in all'],
  places: ['等 {n} 个社区', '{n} communities in all'],
  noRoles: ['没有按值守表呼叫的岗位，或您的辖区没有社区。', 'No ladder calls anybody by the roster, or no community lies in your area.'],
  ways: ['通知通道', 'Ways of telling people'], ready: ['已启用', 'set up'], lacks: ['未启用：{what}', 'not set up: {what}'],
  wayCounts: ['近一天：送达 {received}，已发 {sent}，待发 {queued}，失败 {failed}，未启用未发 {off}', 'last day: {received} received, {sent} sent, {queued} queued, {failed} failed, {off} not sent'],
  deliveries: ['投递记录', 'Deliveries'], roster: ['值守安排', 'Duty roster'], history: ['告警记录', 'All alarms'],
  byDevice: ['设备定位', 'fix of the device'],
})
