/** Words of the page on which rounds are planned. */
import { texts, useTexts } from '../../shared/i18n'
import { minutesOf } from './moving'

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
  wait: ['等 {n} 分钟', 'waits {n} min'], late: ['迟到 {n} 分钟', '{n} min late'],
  closed: ['当天不开门', 'closed all day'], closedAll: ['{n} 处当天不开门，不排入路线：{names}', '{n} closed all day and on no round: {names}'],
  over: ['超出班次 {n} 分钟', '{n} min over the shift'], excess: ['多带 {n} 份', '{n} too many to carry'], gap: ['有一段步行走不到', 'one walk has no way'],
  free: ['没有安排', 'nothing to do'], up: ['上移', 'Earlier'], down: ['下移', 'Later'], lock: ['锁定给此人', 'Keep with this person'], unlock: ['解除锁定', 'Unlock'],
  to: ['改派给', 'Give to'], out: ['移出', 'Take off'],
  unserved: ['未能安排 {n} 处', '{n} on no round'], served: ['全部排上。', 'Everything is on a round.'], put: ['派给', 'Give to'],
  keep: ['保存为计划', 'Keep as a plan'], kept: ['已存为计划 {n}', 'Kept as plan {n}'], hand: ['下发到手机', 'Hand out to the phones'], handed: ['已下发到手机', 'Handed out to the phones'],
  print: ['打印（PDF）', 'Print (PDF)'], plans: ['以往计划', 'Earlier plans'], fix: ['先处理标红的问题再下发。', 'Mend what is marked red before handing out.'],
  map: ['地图：站点编号与右侧列表一致', 'Map: numbers as in the lists'], rounds: ['路线', 'Rounds'], minutes: ['{n} 分钟', '{n} min'], wholeHours: ['{h} 小时', '{h} h'], hoursMinutes: ['{h} 小时 {n} 分', '{h} h {n} min'],
  noMap: ['这台电脑画不出地图，列表里有同样的内容。', 'This machine draws no maps; the lists say the same.'],
  before: ['规划前已知', 'Known before planning'], work: ['要做', 'To be done'], hands: ['人手', 'Who can'], hours: ['时间要求', 'Hours'],
  asks: ['{n} 处，停留共 {time}', '{n} stops, {time} at them'], onDuty: ['{n} 人，班次共 {time}', '{n} people, {time} of shifts'],
  tooMuch: ['停留时间已超过班次，会有排不上的。', 'More than the shifts hold: something will be left over.'],
  spare: ['空闲', 'free'], busy: ['{tour}：还有 {n} 处，已走 {m} 处', '{tour}: {n} to go, {m} behind'], anyHour: ['全班次都可以', 'any hour of the shift'], places: ['{n} 处', '{n} stops'],
  unplaced: ['{n} 处没有标出位置，无法排入', '{n} have no point and cannot be planned'], legend: ['圆点为站点，圆环为出发处', 'dots are stops, rings are where people begin'],
  drag: ['可拖动，也可用按钮调整。', 'Drag, or use the buttons.'], load: ['{n} 份', '{n} pieces'],
})

/** A span of time as it is said: minutes, or hours and minutes. */
export function useSpan(): (seconds: number) => string {
  const t = useTexts(tourWords)
  return (seconds) => {
    const minutes = minutesOf(seconds)
    if (minutes < 60) return t('minutes', { n: minutes })
    return t(minutes % 60 ? 'hoursMinutes' : 'wholeHours', { h: Math.floor(minutes / 60), n: minutes % 60 })
  }
}
