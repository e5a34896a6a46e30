/** The page that checks proofs in the browser alone, against proofs that the server made. */
import { describe, expect, it } from 'vitest'
// @ts-expect-error the page's own script: plain, so that a reader can read what checks
import { checked, keyIn, NotProven } from '../../../public/ledger/proof.js'
import { keys, proofs } from './fixtures/proofs.json'

const [log = '', witness = '', postQuantum = ''] = keys
const [first = '', second = ''] = proofs
interface Found {
  entry: string
  signers: { state: string; at?: number; isLog?: boolean }[]
}
const states = (found: Found) => found.signers.map((one) => one.state)

describe('a proof file in the browser', () => {
  it.each(proofs)('holds for its entry, its log and its witness', async (proof) => {
    const found = (await checked(proof, [log, witness])) as Found
    expect(JSON.parse(found.entry).kind).toBe('event')
    expect(states(found)).toEqual(['holds', 'holds'])
    expect(found.signers[1]?.at).toBe(1772323200)
    expect(found.signers.map((one) => one.isLog)).toEqual([true, false])
  })

  it('does not hold for another entry, place, hash, size or root', async () => {
    const lines = second.split('\n')
    const altered = lines.flatMap((line, at) => {
      if (!line || line.startsWith('—') || line.startsWith('c2sp') || at === lines.indexOf('', 5) + 1) return []
      const [head, tail] = [line.slice(0, -6), line.slice(-6)]
      const other = tail.replace(/[A-Za-z0-9]/, (one) => (/[0-9]/.test(one) ? String((Number(one) + 1) % 10 || 1) : one === 'A' ? 'B' : 'A'))
      return [[...lines.slice(0, at), head + other, ...lines.slice(at + 1)].join('\n')]
    })
    expect(altered.length).toBeGreaterThan(15)
    for (const one of altered) await expect(checked(one, [log])).rejects.toBeInstanceOf(NotProven)
  })

  it('says whose signature fails', async () => {
    const signed = first.replace(/(— demo\S+ \S{20})(.)/, (_, head, one) => head + (one === 'A' ? 'B' : 'A'))
    expect(states(await checked(signed, [log, witness]))).toEqual(['fails', 'holds'])
  })

  it('says who has not signed, and what the browser cannot check', async () => {
    expect(states(await checked(first.replace(/— witness.*\n/, ''), [witness]))).toEqual(['absent'])
    expect((await keyIn(postQuantum)).type).toBe(6)
  })

  it('refuses what is no key or no proof', async () => {
    await expect(keyIn(log.replace('+', '+0'))).rejects.toMatchObject({ code: 'key' })
    await expect(checked('hello', [log])).rejects.toMatchObject({ code: 'malformed' })
  })
})
