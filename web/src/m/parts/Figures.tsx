import { number } from '../../shared/format'
import { texts, useTexts } from '../../shared/i18n'

const words = texts({
  both: ['已完成 {done} {unit}，计划 {planned} {unit}', '{done} of {planned} {unit} planned'],
  planned: ['计划 {planned} {unit}，完成数未公布', '{planned} {unit} planned; the number done is not published'],
  done: ['已完成 {done} {unit}', '{done} {unit} done'],
})

interface Props { done: number | null; planned: number | null; unit: string }

/** Planned and actual numbers in one line. An unpublished figure is said to be so, and is never zero. */
export function Figures({ done, planned, unit }: Props) {
  const t = useTexts(words)
  const key = done === null ? 'planned' : planned === null ? 'done' : 'both'
  if (done === null && planned === null) return null
  return <span className="figures">{t(key, { done: number(done), planned: number(planned), unit })}</span>
}
