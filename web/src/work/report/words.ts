/** Words of the monthly report. */
import { texts } from '../../shared/i18n'

export const reportWords = texts({
  title: ['月度报告', 'Monthly report'],
  programme: ['工程', 'Programme'],
  month: ['月份', 'Month'],
  preview: ['报告预览', 'Preview of the report'],
  loading: ['正在生成报告', 'Preparing the report'],
  pdf: ['下载 PDF', 'Download PDF'],
  docx: ['下载 Word', 'Download Word'],
  publish: ['发布本月报告', 'Publish this report'],
  published: ['本月报告已发布。', 'The report is published.'],
  publishedAt: ['{who} 于 {time} 发布', 'Published by {who}, {time}'],
  draft: ['尚未发布', 'Not published'],
  noReport: ['这个月还没有报告记录，不能发布。', 'There is no report record for this month, so it cannot be published.'],
  numbers: ['报告中的数字', 'Figures in the report'],
  numbersHelp: ['每个数字都能点开，看到它由哪些记录得出。', 'Each figure opens the records behind it.'],
  contradictions: ['前后不一致的公开数字', 'Published figures that disagree'],
  contradictionsHelp: ['同一件事在不同材料里说法不同，发布前请核对。', 'Different papers say different things about the same matter. Check before publishing.'],
  noContradictions: ['没有发现前后不一致的公开数字。', 'No published figures disagree.'],
  noProgramme: ['还没有可以出报告的工程。', 'No programme to report on yet.'],
  list: ['查看清单', 'See the list'],
})
