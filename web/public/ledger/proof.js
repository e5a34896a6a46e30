/** Checks a c2sp.org/tlog-proof file with nothing but the browser's own cryptography. Nobody is asked; nothing is sent. */

const HEADER = 'c2sp.org/tlog-proof@v1'
const [ED25519, COSIGNATURE] = [1, 4]
const encoder = new TextEncoder()

/** Why a file is not believed: `malformed`, `key`, `unproven` (the entry is not in that tree). */
export class NotProven extends Error {
  constructor(code, which = '') {
    super(`${code} ${which}`)
    this.code = code
    this.which = which
  }
}

const bytes = (base64) => {
  try {
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
  } catch {
    throw new NotProven('malformed', base64.slice(0, 40))
  }
}
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]))
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)))
const same = (one, other) => one.length === other.length && one.every((value, at) => value === other[at])
const hex = (value) => [...value].map((one) => one.toString(16).padStart(2, '0')).join('')
const whole = (text) => {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text)) throw new NotProven('malformed', text)
  return Number(text)
}

/** The parts of a file, none of them believed yet. */
export function parsed(text) {
  const gap = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, gap).split('\n')
  if (gap < 0 || header !== HEADER) throw new NotProven('malformed', header.slice(0, 40))
  const extra = lines[0]?.startsWith('extra ') ? bytes(lines.shift().slice(6)) : null
  const index = whole(lines.shift()?.replace(/^index /, '') ?? '')
  return { index, extra, hashes: lines.map(bytes), ...noteIn(text.slice(gap + 2)) }
}

function noteIn(note) {
  const gap = note.lastIndexOf('\n\n')
  const text = note.slice(0, gap + 1)
  const [origin, size, root] = text.split('\n')
  if (gap < 0 || !root) throw new NotProven('malformed', 'checkpoint')
  const signatures = note.slice(gap + 2).trimEnd().split('\n').map((line) => {
    const found = /^— (\S+) (\S+)$/.exec(line)
    if (!found) throw new NotProven('malformed', line.slice(0, 40))
    const raw = bytes(found[2])
    return { name: found[1], id: hex(raw.slice(0, 4)), value: raw.slice(4) }
  })
  return { text, origin, size: whole(size), root: bytes(root), signatures }
}

/** The root to which the hashes lead from this leaf (RFC 9162, 2.1.3.2); null where their number does not fit. */
async function rootOf(leaf, index, size, hashes) {
  let [found, at, last] = [leaf, index, size - 1]
  for (const hash of hashes) {
    if (last === 0) return null
    const right = at % 2 === 1 || at === last
    found = right ? await sha256([1], hash, found) : await sha256([1], found, hash)
    while (right && at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? found : null
}

/** A public key of the form name+id+base64(type ‖ key). */
export async function keyIn(line) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim())
  if (!found) throw new NotProven('key', line.slice(0, 60))
  const [, name, id, code] = found
  const material = bytes(code)
  const expected = hex((await sha256(encoder.encode(`${name}\n`), material)).slice(0, 4))
  if (expected !== id) throw new NotProven('key', line.slice(0, 60))
  return { name, id, type: material[0], key: material.slice(1) }
}

/** What a key says of the note: `holds`, `fails`, `absent` (it has not signed), or `unsupported` by this browser. */
async function said(key, proof) {
  const line = proof.signatures.find((one) => one.name === key.name && one.id === key.id)
  if (!line) return { name: key.name, state: 'absent' }
  if (key.type !== ED25519 && key.type !== COSIGNATURE) return { name: key.name, state: 'unsupported' }
  const timed = key.type === COSIGNATURE
  const at = timed ? Number(new DataView(line.value.buffer, line.value.byteOffset, 8).getBigUint64(0)) : undefined
  const message = encoder.encode(timed ? `cosignature/v1\ntime ${at}\n${proof.text}` : proof.text)
  try {
    const imported = await crypto.subtle.importKey('raw', key.key, 'Ed25519', false, ['verify'])
    const holds = await crypto.subtle.verify('Ed25519', imported, timed ? line.value.slice(8) : line.value, message)
    return { name: key.name, state: holds ? 'holds' : 'fails', at, isLog: !timed && key.name === proof.origin }
  } catch (error) {
    if (error.name !== 'NotSupportedError') throw error
    return { name: key.name, state: 'unsupported' }
  }
}

/** Is this text the document of which the entry holds the hash? Null where there is no text. */
async function matches(document, entry) {
  if (!document) return null
  try {
    return JSON.parse(entry).sha256 === hex(await sha256(encoder.encode(document)))
  } catch {
    return false
  }
}

/** What is proven: the entry at its place in the tree, who of these keys signed that tree, and the document's hash in it. Throws NotProven. */
export async function checked(text, keys, document = '') {
  const proof = parsed(text)
  if (!proof.extra || proof.index >= proof.size) throw new NotProven('malformed', 'entry')
  const root = await rootOf(await sha256([0], proof.extra), proof.index, proof.size, proof.hashes)
  if (root === null || !same(root, proof.root)) throw new NotProven('unproven', String(proof.index))
  const known = await Promise.all(keys.map(keyIn))
  const signers = await Promise.all(known.map((key) => said(key, proof)))
  const { index, size, origin } = proof
  const entry = new TextDecoder().decode(proof.extra)
  return { index, size, origin, entry, document: await matches(document, entry), signers }
}
