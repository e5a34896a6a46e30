/** How wide names are, roughly: 汉字 are one em, Latin letters about half. */

export const widthOf = (name: string): number => [...name].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1 : 0.58), 0)

/** The widest part of a name that must not be broken: a Latin word, or two 汉字. */
export const longestWord = (name: string): number =>
  Math.max(...name.split(/\s+/).map((word) => (/^[\u2e80-\uffff]+$/.test(word) ? Math.min(2, word.length) : widthOf(word))))
