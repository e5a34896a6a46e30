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
  draft: ['尚未发布', 'Not published'],
  contradictions: ['前后不一致的公开数字', 'Published figures that disagree'],
  contradictionsHelp: ['同一件事在不同材料里说法不同，发布前请核对。', 'Different papers say different things about the same matter. Check before publishing.'],
  noContradictions: ['没有发现前后不一致的公开数字。', 'No published figures disagree.'],
  noProgramme: ['还没有可以出报告的工程。', 'No programme to report on yet.'],
  editions: ['已发布的版次', 'Editions'],
  edition: ['第 {edition} 版，{day} 发布', 'Edition {edition}, published {day}'],
  publishAgain: ['更正后重新发布', 'Publish a revision'],
  publishHelp: ['报告按现在的数字定稿并公开，之后的改动只能另出新版。', 'The report is kept and made public as it is now; later changes become a new edition.'],
  publishAgainHelp: ['这个月的报告已经发布。重新发布会成为新的一版，旧版保留可查。', 'The report of this month is out. Publishing again makes a new edition; the old one is kept.'],
  list: ['查看清单', 'See the list'],
})
