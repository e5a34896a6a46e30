/** The page that checks proofs in the browser alone, against proofs that the server made. */
import { describe, expect, it } from 'vitest'
// @ts-expect-error the page's own script: plain, so that a reader can read what checks
import { checked, keyIn, NotProven } from '../../../public/ledger/proof.js'
import { keys, proofs } from './fixtures/proofs.json'

const [log = '', witness = '', postQuantum = ''] = keys
const [first = '', second = ''] = proofs
interface Found {
  entry: string
  document: boolean | null
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

  it('says whether a document is the one whose hash the entry holds', async () => {
    const digest = async (data: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', data))
    const [encoder, code] = [new TextEncoder(), (data: Uint8Array) => btoa(String.fromCharCode(...data))]
    const sha256 = [...(await digest(encoder.encode('联单')))].map((one) => one.toString(16).padStart(2, '0')).join('')
    const entry = encoder.encode(JSON.stringify({ kind: 'document', sha256 }))
    const root = await digest(new Uint8Array([0, ...entry]))
    const alone = `c2sp.org/tlog-proof@v1\nextra ${code(entry)}\nindex 0\n\nlog.example\n1\n${code(root)}\n\n— log.example ${code(root)}\n`
    const said = async (document?: string) => ((await checked(alone, [], document)) as Found).document
    expect([await said('联单'), await said('联单 '), await said()]).toEqual([true, false, null])
    expect(((await checked(first, [], '联单')) as Found).document, 'an entry that names no document').toBe(false)
  })

  it('refuses what is no key or no proof', async () => {
    await expect(keyIn(log.replace('+', '+0'))).rejects.toMatchObject({ code: 'key' })
    await expect(checked('hello', [log])).rejects.toMatchObject({ code: 'malformed' })
  })
})
