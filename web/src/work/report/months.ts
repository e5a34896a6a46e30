/** The months for which a programme of a year can be reported: its year, and the first two of the next, while its books are closed. */
export function monthsOf(year: number): string[] {
  const of = (at: number, month: number) => `${at}-${String(month).padStart(2, '0')}`
  const own = Array.from({ length: 12 }, (_, index) => of(year, index + 1))
  return [...own, of(year + 1, 1), of(year + 1, 2)]
}

/** What was asked for, if the programme has it; else the newest month with figures; else its last own month. */
export function monthToShow(asked: string, newest: string, year: number): string {
  const months = monthsOf(year)
  if (months.includes(asked)) return asked
  return months.includes(newest) ? newest : months[11]!
}
