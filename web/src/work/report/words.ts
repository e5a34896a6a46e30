/** Words of the monthly report. */
import { texts } from '../../shared/i18n'

export const reportWords = texts({
  title: ['月度报告', 'Monthly report'],
  programme: ['工程', 'Programme'],
  month: ['月份', 'Month'],
  preview: ['报告预览', 'Preview of the report'],
  about: ['报告说明', 'About the report'],
  loading: ['正在生成报告', 'Preparing the report'],
  pdf: ['下载 PDF', 'Download PDF'],
  docx: ['下载 Word', 'Download Word'],
  edition: ['版次', 'Edition'],
  draft: ['草稿，尚未发布', 'Draft, not published'],
  publishedOn: ['第 {edition} 版，{day}发布', 'Edition {edition}, published {day}'],
  changed: ['发布后台账有变动，可以更正发布。', 'The records have changed since; a revision can be published.'],
  showDraft: ['看按现在台账的草稿', 'Show the draft as the records stand now'],
  showPublished: ['看已发布的内容', 'Show what was published'],
  asOf: ['数据截至{day}', 'Figures as of {day}'],
  history: ['报告记录', 'Record of the report'],
  numbers: ['报告中的数字', 'Figures in the report'],
  numbersHelp: ['点数字看它由哪些记录得出。', 'Each figure opens the records behind it.'],
  unnamed: ['（{count} 项名称在来源中缺失）', ' ({count} not named in the source)'],
  contradictions: ['前后不一致的公开数字', 'Published figures that disagree'],
  contradictionsHelp: [
    '同一件事在不同材料里说法不同，发布前请核对。',
    'Different papers say different things about the same matter. Check before publishing.',
  ],
  noContradictions: ['没有发现前后不一致的公开数字。', 'No published figures disagree.'],
  noProgramme: ['还没有可以出报告的工程。', 'No programme to report on yet.'],
  noMonth: ['这个工程还没有月度报告。', 'This programme has no monthly report yet.'],
  list: ['查看清单', 'See the list'],
})
