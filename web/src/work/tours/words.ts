/** Words of the page on which rounds are planned. */
import { texts } from '../../shared/i18n'

export const tourWords = texts({
  title: ['巡访路线', 'Rounds'], tour: ['巡访类型', 'Kind of round'], day: ['日期', 'Day'],
  none: ['您的岗位没有要编制的巡访。', 'Your posts plan no rounds.'],
  stops: ['到期站点', 'Stops due'], people: ['出勤人员', 'Who goes'], filter: ['按名称、地点筛选', 'Filter by name or place'],
  chosen: ['已选 {n} / {all}', '{n} of {all} chosen'], all: ['选中筛出的', 'Choose what is shown'], clear: ['清空', 'Choose none'],
  noPoint: ['没有标出位置', 'no point'], noStart: ['没有出发位置，不能安排', 'no starting point: cannot be sent'], noStops: ['今天没有到期的站点。', 'No stop is due.'],
  shift: ['班次 {from}–{to}，每处 {n} 分钟', 'shift {from}–{to}, {n} min at a stop'], carries: ['每人最多带 {n} 份', 'each carries {n} at most'],
  basis: ['依据', 'Basis'],
  plan: ['规划路线', 'Plan the rounds'], again: ['按锁定重新规划', 'Plan again, keep what is locked'], planning: ['正在规划……', 'Planning…'],
  begin: ['选好站点和人员，按“规划路线”。', 'Choose stops and people, then plan the rounds.'],
  changed: ['顺序已人工调整，时间已重新计算。', 'The order was changed by hand; times are worked out anew.'],
  sum: ['{n} 处，步行 {km} 公里、{time}', '{n} stops, {km} km on foot, {time}'],
  crow: ['若每次去直线最近的一处：{km} 公里（多 {pct}%）', 'always to the nearest in a straight line: {km} km ({pct}% more)'],
  crowLess: ['若每次去直线最近的一处：{km} 公里', 'always to the nearest in a straight line: {km} km'],
  back: ['{time} 回到出发处', 'back at {time}'], ends: ['{time} 结束', 'done at {time}'], starts: ['{time} 出发', 'leaves at {time}'],
  wait: ['等 {n} 分钟', 'waits {n} min'], late: ['迟到 {n} 分钟', '{n} min late'], within: ['须在 {from}–{to}', 'within {from}–{to}'],
  over: ['超出班次 {n} 分钟', '{n} min over the shift'], excess: ['多带 {n} 份', '{n} too many to carry'], gap: ['有一段步行走不到', 'one walk has no way'],
  free: ['没有安排', 'nothing to do'], up: ['上移', 'Earlier'], down: ['下移', 'Later'], lock: ['锁定给此人', 'Keep with this person'], unlock: ['解除锁定', 'Unlock'],
  to: ['改派给', 'Give to'], out: ['移出', 'Take off'],
  unserved: ['未能安排 {n} 处', '{n} on no round'], served: ['全部排上。', 'Everything is on a round.'], put: ['派给', 'Give to'],
  keep: ['保存为计划', 'Keep as a plan'], kept: ['已存为计划 {n}', 'Kept as plan {n}'], hand: ['下发到手机', 'Hand out to the phones'], handed: ['已下发到手机', 'Handed out to the phones'],
  print: ['打印（PDF）', 'Print (PDF)'], plans: ['以往计划', 'Earlier plans'], fix: ['先处理标红的问题再下发。', 'Mend what is marked red before handing out.'],
  map: ['地图：站点编号与右侧列表一致', 'Map: numbers as in the lists'], rounds: ['路线', 'Rounds'], minutes: ['{n} 分钟', '{n} min'], hours: ['{h} 小时 {n} 分', '{h} h {n} min'],
  drag: ['可拖动，也可用按钮调整。', 'Drag, or use the buttons.'], load: ['{n} 份', '{n} pieces'],
})
