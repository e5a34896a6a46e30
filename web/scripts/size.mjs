/**
 * Weighs the scripts that a browser must load, compressed, against the budgets. Reads the manifest of the last build; fails when
 * something is over. Style sheets are small and shown beside.
 *
 * An entry weighs what it imports at once; `more` is what the people on it wait for although it comes later; `without` is what they
 * have already when they get there.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const DIST = new URL('../dist/', import.meta.url).pathname
const KB = 1000

const BUDGETS = [
  { name: 'm', entry: 'm.html', limit: 90 },
  { name: 'screen, with charts', entry: 'screen.html', more: ['src/blocks/Canvas.tsx'], limit: 300 },
  { name: 'map', entry: 'src/screen/map/MapView.tsx', without: ['screen.html'], files: /maplibre-gl-worker/, limit: 450 },
  { name: 'meshes, where there are', entry: 'src/screen/map/meshes/layer.ts', without: ['src/screen/map/MapView.tsx'], limit: 190 },
  { name: 'work', entry: 'work.html', limit: 320 },
  { name: 'form', entry: 'src/work/form/SchemaForm.tsx', without: ['work.html', 'src/work/list/ListPage.tsx'], limit: 170 },
]

if (!existsSync(join(DIST, '.vite/manifest.json'))) {
  console.error('There is no build to weigh: run `npm run build` first.')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8'))

function filesOf(key, found = new Set()) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`The build has no chunk ${key}: was a file renamed? Correct BUDGETS in scripts/size.mjs.`)
  if (found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const sheet of chunk.css ?? []) found.add(sheet)
  for (const next of chunk.imports ?? []) filesOf(next, found)
  return found
}

const weight = (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length

function weigh({ entry, more = [], without = [], files }) {
  const found = filesOf(entry)
  for (const key of more) filesOf(key, found)
  if (files) for (const file of readdirSync(join(DIST, 'assets'))) if (files.test(file)) found.add(`assets/${file}`)
  for (const key of without) for (const file of filesOf(key)) found.delete(file)
  const sum = (end) => [...found].filter((file) => file.endsWith(end)).reduce((total, file) => total + weight(file), 0) / KB
  return { scripts: sum('.js'), sheets: sum('.css') }
}

let over = 0
for (const budget of BUDGETS) {
  const { scripts, sheets } = weigh(budget)
  const isOver = scripts > budget.limit
  over += Number(isOver)
  console.log(
    `${budget.name.padEnd(24)} ${scripts.toFixed(1).padStart(6)} kB of ${String(budget.limit).padStart(3)} kB  ${isOver ? 'OVER' : 'ok  '}  css ${sheets.toFixed(1)} kB`,
  )
}
process.exit(over ? 1 : 0)
