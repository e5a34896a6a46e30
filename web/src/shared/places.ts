/** Names of places as short as the context allows. */

/** A generated community is called after its street; inside that street its own number is enough: 大营门街道第02社区 → 第02社区. */
export const withoutStreet = (name: string): string => name.replace(/^.{2,6}街道(?=第\d)/, '')

/** On a map the word that all names end with says nothing: 友谊路街道 → 友谊路, Machang Street → Machang. */
export const shortName = (name: string): string =>
  withoutStreet(name)
    .replace(/(?<=..)(街道|社区(居委会)?)$/, '')
    .replace(/ (Sub-?district|Street|Community)$/i, '')
