/** The hour of a moment in the district. */
export const timeOf = (moment: string): string =>
  new Date(moment).toLocaleTimeString('sv-SE', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
