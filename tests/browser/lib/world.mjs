// Kontobro and everything around it, started as a person starts it (`cargo local`), but in a
// temporary folder and on free ports, so that runs disturb neither each other nor anyone's data.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const TARGET = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../../target', import.meta.url))
const LOCAL = join(TARGET, 'debug/examples/local')
const PATIENCE = 60_000

/** Longer than any journey takes, with the minutes that it goes ahead. What is counted by the day
 * (UTC) must not begin anew in the middle of one. */
const LONGEST_JOURNEY = 90

/** A running world. `stop` ends it and leaves nothing behind; `ahead` starts it again, so many
 * minutes later, with other settings if there are any. Late in the day it lives in the next one. */
export async function startWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'kontobro-'))
  const port = await sixFreePorts()
  const at = (place) => `http://localhost:${port + place}`
  const already = minutesLeftToday() < LONGEST_JOURNEY ? LONGEST_JOURNEY : 0
  const env = { ...process.env, KONTOBRO_PORT: String(port), KONTOBRO_FOLDER: folder, KONTOBRO_AHEAD: String(already) }
  let local = await started(env)
  return {
    kontobro: at(0), idporten: at(1), outbox: at(2), dynamodb: at(3), portal: at(4),
    log: () => readFile(join(folder, 'log.jsonl'), 'utf8'),
    /** What it was started with, beside what is always so. */
    settings: {},
    async ahead(minutes, settings = {}) {
      await local.stop()
      this.settings = settings
      local = await started({ ...env, ...settings, KONTOBRO_AHEAD: String(already + minutes) })
    },
    async stop() {
      await local.stop()
      await rm(folder, { recursive: true })
    },
  }
}

const minutesLeftToday = () => (new Date().setUTCHours(24, 0, 0, 0) - Date.now()) / 60_000

async function started(env) {
  const local = spawn(LOCAL, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(local, 'exit')
  let stopping = false
  local.on('exit', (code, signal) => {
    if (!stopping) console.error(`Kontobro stopped by itself: ${signal ?? code}`)
  })
  const stop = async () => {
    stopping = true
    local.kill('SIGINT')
    await ended
  }
  try {
    await running(local)
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

/** Until it says that it runs: then the accounts are imported too. */
async function running(local) {
  let said = ''
  local.stderr.on('data', (words) => {
    said += words
    process.stderr.write(words)
  })
  const told = new Promise((resolve, reject) => {
    createInterface(local.stdout).on('line', (line) => {
      said += `${line}\n`
      if (line.startsWith('Kontobro runs.')) resolve()
    })
    local.on('error', reject)
    local.on('exit', () => reject(new Error(`Kontobro did not start:\n${said}`)))
    setTimeout(() => reject(new Error(`Kontobro did not start in time:\n${said}`)), PATIENCE).unref()
  })
  await told
}

/** The first of six ports in a row that nobody listens on, below those that are lent to clients. */
async function sixFreePorts() {
  for (;;) {
    const first = 10_000 + Math.floor(Math.random() * 20_000)
    const free = await Promise.all([0, 1, 2, 3, 4, 5].map((place) => isFree(first + place)))
    if (free.every(Boolean)) return first
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** The newest mail to `address` that is `wanted`, as the outbox has it; awaited, as some go by the minute. */
export async function mailTo(world, address, wanted = () => true) {
  for (const deadline = Date.now() + PATIENCE * 2; Date.now() < deadline; await pause(100)) {
    const messages = await (await fetch(`${world.outbox}/messages`)).json()
    const found = messages.find((mail) => mail.to.toLowerCase() === address.toLowerCase() && wanted(mail))
    if (found) return found
  }
  throw new Error(`No such mail to ${address}`)
}

/** The link that a mail asks its reader to follow; none in a receipt. */
export const linkIn = (mail) => mail.text.match(/^http\S+\/b\?\S+$/m)?.[0]

/** What becomes of a mail: `deliver`, `delay`, `return`, `away`, `refuse` or `bounce`. Told when Kontobro has heard of it. */
export async function decide(world, mail, fate) {
  const answer = await fetch(`${world.outbox}/mail/${mail.message_id}/feedback`, {
    method: 'POST',
    body: new URLSearchParams({ fate }),
  })
  if (!answer.ok) throw new Error(`The outbox answered ${answer.status}`)
}

/** Breaks a service (`outbox`, `dynamodb`) until it is mended, as the fault switch can. */
export const breakDown = (world, service, kind, operation) => turnSwitch(world[service], { kind, ...(operation && { operation }) })
export const mend = (world) => turnSwitch(world.dynamodb, { kind: 'heal' })

async function turnSwitch(service, fault) {
  const answer = await fetch(`${service}/wire`, { method: 'POST', body: new URLSearchParams(fault) })
  if (!answer.ok) throw new Error(`The fault switch answered ${answer.status}`)
}

/** An operation on the store itself, for what time alone would bring about. */
export async function dynamodb(world, operation, input) {
  const answer = await fetch(world.dynamodb, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20260101T000000Z', // signatures are not checked here
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/eu-north-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  })
  if (!answer.ok) throw new Error(`${operation}: ${await answer.text()}`)
  return answer.json()
}
