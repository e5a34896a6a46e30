/** The page around proof.js: takes a file, a text, or what a square code carries behind the #, and says what is proven. */
import { checked, NotProven } from './proof.js'

const at = (id) => document.getElementById(id)
const REFUSED = {
  malformed: '文件格式有误 · The file is malformed',
  key: '公钥格式有误 · A public key is malformed',
  unproven: '证明不成立：该条目不在这份日志中 · Not proven: the entry is not in that log',
}
const STATES = {
  holds: '签名有效 · signature holds',
  fails: '签名无效 · signature FAILS',
  absent: '未签名 · has not signed',
  unsupported: '此浏览器不能核验这种签名 · this browser cannot check this kind of signature',
}

const DOCUMENT = {
  true: '文件与存证一致 · The document is the one whose hash is in the entry',
  false: '文件与存证不一致：内容被改动过，或不是这一份 · The document is NOT the one in the entry: it was changed, or is another',
}

function show(kind, text) {
  at('verdict').className = kind
  at('verdict').textContent = text
}

const read = (code) => new TextDecoder().decode(Uint8Array.from(atob(code), (one) => one.charCodeAt(0)))

function told({ name, state, at: seconds }) {
  const time = seconds ? ` ${new Date(seconds * 1000).toISOString()}` : ''
  return `${name}: ${STATES[state]}${time}`
}

/** Good only when the log itself and every key that was given signed; a browser that cannot tell says so. */
function verdict(found) {
  const head = `第 ${found.index} 条，日志共 ${found.size} 条 · entry ${found.index} of ${found.size}\n${found.origin}\n${found.entry}`
  const paper = found.document === null ? '' : `\n\n${DOCUMENT[found.document]}`
  const signers = found.signers.map(told).join('\n') + paper
  if (found.document === false) return ['bad', `${head}\n\n${signers}`]
  if (found.signers.some((one) => one.state === 'fails')) return ['bad', `${head}\n\n${signers}`]
  const proven = found.signers.some((one) => one.isLog && one.state === 'holds')
  const open = '条目在这棵树中，但树的签名未经核验 · The entry is in that tree, but nobody you trust was seen to have signed the tree'
  const good = '已核验 · Proven'
  return [proven ? 'good' : 'open', `${proven ? good : open}\n${head}\n\n${signers}`]
}

const MISSING = '请先选择存证文件，或粘贴其内容 · Choose a proof file first, or paste its text'
const BROKEN_CODE = '网址里的存证不完整，请重新扫码，或用存证文件 · The proof in this address is not whole: scan it again, or use the proof file'
const NO_KEY = '暂时取不到本平台的公钥 · This platform\'s key cannot be fetched now'

async function check() {
  if (!at('proof').value.trim()) return show('bad', MISSING)
  const keys = at('keys').value.split('\n').filter((line) => line.trim())
  try {
    show(...verdict(await checked(at('proof').value.replaceAll('\r\n', '\n'), keys, at('document').value)))
  } catch (error) {
    if (!(error instanceof NotProven)) throw error
    show('bad', `${REFUSED[error.code]}\n${error.which}`)
  }
}

at('check').addEventListener('click', check)
at('file').addEventListener('change', async ({ target }) => {
  if (target.files[0]) at('proof').value = await target.files[0].text()
})
at('own').addEventListener('click', async () => {
  const found = await fetch('/api/ledger').then((answer) => answer.json()).catch(() => null)
  if (found?.keys?.[0]) at('keys').value = found.keys[0]
  else show('bad', NO_KEY)
})
/** What a square code carries: the proof, and the document where it is with it; a code that was cut off says so instead of leaving the page empty. */
function carried(hash) {
  try {
    return hash.replaceAll('-', '+').replaceAll('_', '/').split('.').map(read)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    show('bad', BROKEN_CODE)
    return []
  }
}
if (location.hash.length > 1) [at('proof').value = '', at('document').value = ''] = carried(location.hash.slice(1))
