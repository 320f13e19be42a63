// Opens spacerel's exports in the readers that they are for, in Node and in a headless Chromium, and prints what each found.
// node run.mjs PATH-OF-SPACEREL; the browser is $CHROMIUM, else `chromium`, and `dot` is Graphviz's. Exit code 1 where a reader found something else.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Graph from 'graphology'
import gexf from 'graphology-gexf'
import graphml from 'graphology-graphml'
import ICAL from 'ical.js'
import Papa from 'papaparse'
import { parse as markwhen } from '@markwhen/parser'
import { chromium } from 'playwright-core'

const here = path.dirname(fileURLToPath(import.meta.url))
const spacerel = path.resolve(process.argv[2] ?? 'spacerel')
const browserPath = process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
const folder = mkdtempSync(path.join(tmpdir(), 'spacerel-clients-'))
const LOGS = { shipped: [], hostile: ['--log', path.join(here, 'hostile.yaml')] }
let failures = 0

// A text as a person reads it: what wraps or is folded is one blank.
// Pages and timelines write out the signs that no screen shows, as the terminal does.
const writtenOut = (text) => text.replace(/[\u200b-\u200f]/g, (sign) => '\\u' + sign.codePointAt(0).toString(16))
const read = (text) => text.replace(/\s+/g, ' ').trim()
const bare = (text) => text.replace(/\s+/g, '')

const unescaped = (text) => text.replace(/&#(\d+);|&(lt|gt|amp|quot|apos);/g, (_, number, name) => number ? String.fromCodePoint(number) : { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name])
const dayAfter = (day) => new Date(Date.parse(day) + 86400000).toISOString().slice(0, 10)

function exported(log, format, ...options) {
  const ending = { timelinejs: 'json', 'timelinejs-csv': 'csv', vis: 'json' }[format] ?? format
  const file = path.join(folder, `${log}-${format}.${ending}`)
  execFileSync(spacerel, [...LOGS[log], '--today', '2026-09-01', 'export', format, '-o', file, '--force', ...options], { stdio: ['ignore', 'ignore', 'pipe'] })
  return file
}

function same(found, expected, what) {
  if (JSON.stringify(found) === JSON.stringify(expected)) return
  const at = Array.isArray(found) ? expected.findIndex((one, place) => one !== found[place]) : -1
  const [got, want] = at < 0 ? [found, expected] : [found[at], expected[at]]
  throw new Error(`${what}: ${JSON.stringify(got)} is not ${JSON.stringify(want)}`)
}

async function check(log, client, open) {
  const start = performance.now()
  let said
  try {
    said = await open()
  } catch (error) {
    failures += 1
    said = `FAILED ${error.message}`
  }
  console.log(`${log.padEnd(8)} ${client.padEnd(17)} ${said}  (${((performance.now() - start) / 1000).toFixed(1)} s)`)
}

const server = createServer((request, response) => {
  const wanted = decodeURIComponent(new URL(request.url, 'http://x').pathname)
  if (wanted === '/') {
    response.setHeader('content-type', 'text/html')
    return response.end('<!DOCTYPE html><meta charset="utf-8"><body><div id="timeline" style="width:1200px;height:700px"></div>')
  }
  const file = wanted.startsWith('/out/') ? path.join(folder, wanted.slice(5)) : path.join(here, 'node_modules', wanted)
  const types = { '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.html': 'text/html', '.svg': 'image/svg+xml' }
  try {
    const content = readFileSync(file)
    response.setHeader('content-type', types[path.extname(file)] ?? 'text/plain; charset=utf-8')
    response.end(content)
  } catch {
    response.statusCode = 404
    response.end()
  }
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const address = `http://127.0.0.1:${server.address().port}`

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

// A page on which an error, a dialog, or a request to anywhere else is a failure.
async function onPage(url, work) {
  const page = await browser.newPage()
  const troubles = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('dialog', (dialog) => { troubles.push('a script of the log ran'); dialog.dismiss() })
  page.on('request', (request) => { if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) troubles.push(request.url()) })
  try {
    await page.goto(address + url)
    const found = await work(page)
    if (troubles.length) throw new Error(troubles.join('; '))
    return found
  } finally {
    await page.close()
  }
}

for (const log of Object.keys(LOGS)) {
  const events = JSON.parse(readFileSync(exported(log, 'json'), 'utf8')).events
  const titles = events.map((event) => event.title)
  const shown = titles.map(writtenOut)

  for (const format of ['timelinejs', 'timelinejs-csv']) {
    await check(log, format, () => onPage('/', async (page) => {
      const file = path.basename(exported(log, format))
      await page.addStyleTag({ url: '/@knight-lab/timelinejs/dist/css/timeline.css' })
      await page.addScriptTag({ url: '/@knight-lab/timelinejs/dist/js/timeline.js' })
      const found = await page.evaluate((url) => new Promise((done) => {
        const timeline = new TL.Timeline('timeline', url, { script_path: `${location.origin}/@knight-lab/timelinejs/dist/js/`, font: null })
        const all = (name) => [...document.querySelectorAll(name)]
        const tell = () => done({
          slides: all('.tl-slide').length,
          markers: all('.tl-timemarker').length,
          headlines: all('.tl-slide .tl-headline').map((one) => one.textContent),
          paragraphs: all('.tl-slide .tl-text-content').map((one) => one.firstElementChild.textContent),
          groups: [...new Set(all('.tl-timegroup-message').map((one) => one.textContent))],
          errors: timeline.config?.messages?.errors ?? [],
        })
        timeline.on('loaded', () => setTimeout(tell, 500))
        setTimeout(tell, 60000)
      }), `${address}/out/${file}`)
      same(found.errors, [], 'errors')
      same([found.slides, found.markers], [events.length, events.length], 'slides and markers')
      same(found.headlines.map(read), shown.map(read), 'headlines')
      same(found.paragraphs.map(read), events.map((event) => read(writtenOut(event.summary))), 'texts')
      if (log === 'hostile') same(found.groups.map(read), ['<script>alert(1)</script> : both & #one;'], 'groups')
      return `${found.slides} slides, ${found.markers} markers, ${found.groups.length} groups, no error`
    }))
  }

  await check(log, 'vis', () => onPage('/', async (page) => {
    const whole = JSON.parse(readFileSync(exported(log, 'vis'), 'utf8'))
    await page.addScriptTag({ url: '/vis-timeline/standalone/umd/vis-timeline-graph2d.js' })
    const found = await page.evaluate(async ({ groups, items }) => {
      const timeline = new vis.Timeline(document.getElementById('timeline'), new vis.DataSet(items), new vis.DataSet(groups), { height: '100000px', verticalScroll: false })
      timeline.fit({ animation: false })
      await new Promise((done) => setTimeout(done, 2000))
      const known = timeline.itemSet.items
      return {
        items: Object.keys(known).length,
        labels: [...document.querySelectorAll('.vis-label')].map((one) => one.textContent),
        drawn: document.querySelectorAll('.vis-item').length,
        texts: Object.fromEntries([...document.querySelectorAll('.vis-item')].map((one) => [one['vis-item']?.id ?? '', one.querySelector('.vis-item-content')?.textContent])),
      }
    }, whole)
    same(found.items, whole.items.length, 'items')
    same(found.labels.length, whole.groups.length, 'labels')
    if (log === 'hostile') same(Object.values(found.texts).filter((one) => one).map(read).filter((one) => shown.map(read).includes(one)).length, shown.length, 'contents')
    return `${found.items} items (${found.drawn} drawn), ${found.labels.length} labels`
  }))

  for (const format of ['mermaid', 'mermaid-gantt']) {
    await check(log, format, () => onPage('/', async (page) => {
      const some = log === 'shipped' ? ['--agency', 'roscosmos', '--period', '2022'] : []
      const chosen = JSON.parse(execFileSync(spacerel, [...LOGS[log], 'export', 'json', ...some], { encoding: 'utf8' })).events
      const text = readFileSync(exported(log, format, ...some), 'utf8')
      await page.addScriptTag({ url: '/mermaid/dist/mermaid.min.js' })
      const found = await page.evaluate(async (text) => {
        mermaid.initialize({ startOnLoad: false })
        const { svg, diagramType } = await mermaid.render('drawn', text)
        document.body.innerHTML = svg
        return { diagramType, texts: [...document.querySelectorAll('svg text')].map((one) => one.textContent) }
      }, text)
      const drawn = new Set(found.texts.map(bare))
      same(found.diagramType, { mermaid: 'timeline', 'mermaid-gantt': 'gantt' }[format], 'type')
      same(chosen.filter((event) => !drawn.has(bare(writtenOut(event.title)))).map((event) => event.title), [], 'titles that are missing')
      if (format === 'mermaid-gantt' && log === 'hostile') same(found.texts.map(read).includes('<script>alert(1)</script> : both & #one;'), true, 'section')
      return `${chosen.length} of ${chosen.length} titles drawn`
    }))
  }

  await check(log, 'markwhen', () => {
    const found = markwhen(readFileSync(exported(log, 'markwhen'), 'utf8'))
    const flat = (node) => (node.children ? node.children.flatMap(flat) : [node])
    const list = flat(found.events)
    same([found.parseMessages ?? [], found.documentMessages ?? []], [[], []], 'messages')
    same(list.length, events.length, 'events')
    const byId = new Map(list.map((one) => [one.properties.id, one]))
    for (const event of events) {
      const one = byId.get(event.id)
      if (!one) throw new Error(`${event.id} is missing`)
      const tags = [event.act, ...event.tags].map((tag) => tag.replace(/\W/g, '_'))
      same([...one.tags].sort(), [...new Set(tags)].sort(), `tags of ${event.id}`)
      same(read(one.firstLine.rest.replace(/(\s+#\w+)+$/, '').replaceAll('＃', '#')), read(writtenOut(event.title)), 'title')
      same([one.dateRangeIso.fromDateTimeIso, one.dateRangeIso.toDateTimeIso].map((day) => day.slice(0, 10)), [event.date_start, dayAfter(event.date_end)], `days of ${event.id}`)
    }
    return `${list.length} events, no messages`
  })

  await check(log, 'ical.js', () => {
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(exported(log, 'ics'), 'utf8')))
    const found = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    same(found.map((one) => one.summary), titles, 'summaries')
    same(found.filter((one) => !one.startDate.isDate || !one.endDate.isDate).length, 0, 'days that are no dates')
    const wrong = found.filter((one, place) => events[place].precision === 'day' && events[place].date_start === events[place].date_end && one.duration.toString() !== 'P1D')
    same(wrong.length, 0, 'days that are no days')
    return `${found.length} events, all whole days`
  })

  for (const [client, reader] of [['graphology-gexf', gexf], ['graphology-graphml', graphml]]) {
    await check(log, client, () => {
      const text = readFileSync(exported(log, client.slice(11)), 'utf8')
      const graph = reader.parse(Graph.MultiUndirectedGraph ?? Graph.default.MultiUndirectedGraph, text, { allowUndeclaredAttributes: true })
      const [nodes, edges] = ['<node ', '<edge '].map((tag) => text.split(tag).length - 1)
      same([graph.order, graph.size], [nodes, edges], 'nodes and edges')
      if (log === 'hostile') {
        same(graph.mapNodes((_, data) => data.label), ['<i>A&amp;', '=B()'], 'labels')
        same(graph.mapEdges((_, data) => data.label), ['<script>alert(1)</script> : both & #one;'], 'labels')
      }
      return `${graph.order} nodes, ${graph.size} edges`
    })
  }

  await check(log, 'graphviz', () => {
    const some = log === 'shipped' ? ['--agency', 'roscosmos', '--period', '2022'] : []
    const file = exported(log, 'dot', ...some)
    const plain = execFileSync('dot', ['-Tsvg', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    const texts = [...plain.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => unescaped(text))
    if (log === 'hostile') same(texts.sort(), ['<i>A&amp;', '<script>alert(1)</script> : both & #one; · agreed', '=B()'], 'labels')
    const [nodes, edges] = ['node', 'edge'].map((kind) => plain.split(`class="${kind}"`).length - 1)
    const text = readFileSync(file, 'utf8').split('\n').slice(4)
    same([nodes, edges], [text.filter((line) => / \[/.test(line) && !/ -- /.test(line)).length, text.filter((line) => / -- /.test(line)).length], 'nodes and edges')
    return `${nodes} nodes, ${edges} edges drawn`
  })

  await check(log, 'papaparse', () => {
    const found = Papa.parse(readFileSync(exported(log, 'csv', '--no-guard'), 'utf8'), { header: true, skipEmptyLines: true })
    same(found.errors, [], 'errors')
    same(found.data.map((row) => row.title), titles, 'titles')
    return `${found.data.length} rows`
  })

  for (const format of ['html', 'svg']) {
    await check(log, `${format} in Chromium`, async () => {
      const file = path.basename(exported(log, format))
      return onPage(`/out/${file}`, async (page) => {
        const text = await page.evaluate(() => document.documentElement.textContent)
        const links = await page.evaluate(() => [...document.querySelectorAll('a')].map((one) => one.href.baseVal ?? one.href))
        same(links.filter((one) => !/^https?:/.test(one)), [], 'links elsewhere')
        if (format === 'html') same(shown.filter((title) => !text.includes(title)), [], 'titles that are missing')
        return `${links.length} links, no script, nothing fetched`
      })
    })
  }
}

await browser.close()
server.close()
rmSync(folder, { recursive: true })
console.log(failures ? `${failures} failed` : 'all passed')
process.exit(failures ? 1 : 0)
