/** Does this reader, or the machine that takes a picture (`?still=1`), want no motion at all? */
export const isStill = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches || new URLSearchParams(location.search).get('still') === '1'
