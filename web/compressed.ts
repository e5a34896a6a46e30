/** Writes each built text file once more as .br and .gz: the server hands these out as they lie, and compresses nothing itself. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|svg|webmanifest|json)$/
const LEAST_BYTES = 1_000

function textFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => TEXT.test(name) && !name.startsWith('.'))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).size >= LEAST_BYTES)
}

function compress(path: string): void {
  const content = readFileSync(path)
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
}

/** Put it last: it takes what the others have written. */
export function compressed(): Plugin {
  let folder = 'dist'
  return {
    name: 'hexi-compressed',
    apply: 'build',
    enforce: 'post',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir)
    },
    closeBundle: { order: 'post', sequential: true, handler: () => textFiles(folder).forEach(compress) },
  }
}
